import { ApiError, type Problem } from './problem';
import { PROBLEM_TEXTS } from './problem-texts';
import { sayProblem } from './say-problem';

const words = PROBLEM_TEXTS.en;
const problem = (rest: Partial<Problem>): ApiError => new ApiError({ status: 0, code: '', title: '', ...rest });

test.each([
  ['a code that is known', problem({ code: 'link_invalid', detail: 'x' }), words['link_invalid']],
  ['another one', problem({ code: 'not_yet_known', title: 'A title', detail: 'A detail' }), 'A detail'],
  ['another one without details', problem({ code: 'not_yet_known', title: 'A title' }), 'A title'],
  ['another one without any words', problem({ code: 'not_yet_known' }), words['internal_error']],
  ['a code that every object has', problem({ code: 'constructor' }), words['internal_error']],
  ['what is no problem of the API', new Error('x is undefined'), words['internal_error']],
])('%s', (_, error, said) => {
  expect(said).toBeTruthy();
  expect(sayProblem(error, words)).toBe(said);
});
