import { answerValidation } from './answer-validation';

describe('answerValidation', () => {
  it('answers as Zoom expects', () => {
    expect(answerValidation('zoom-webhook-secret-token', 'qgg8vlvZRS6UYooatFL8Aw')).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken: '303d596c41398000067ebaef31f940ff99945195fe501fc03a7549f882aa6c08',
    });
  });

  it.each(['', 'v0:1739923528:{"event":"user.deleted"}', ':', 'a'.repeat(129), undefined, 22, null, {}])(
    'does not lend its key to %p',
    (token) => expect(answerValidation('secret', token)).toBeUndefined(),
  );
});
