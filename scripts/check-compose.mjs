// Checks docker-compose.yml and Dockerfile without a container engine: the compose schema and rules (dclint), the
// instructions of the Dockerfile (dockerfile-utils), and that every variable is known to .env.example and to the README.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';

const problems = [];

try {
  execFileSync('npx', ['dclint', '--max-warnings', '0', 'docker-compose.yml'], { encoding: 'utf8', stdio: 'pipe' });
} catch (error) {
  problems.push(`docker-compose.yml:\n${error.stdout}${error.stderr}`);
}

for (const { range, message } of validate(readFileSync('Dockerfile', 'utf8'))) {
  problems.push(`Dockerfile:${range.start.line + 1}: ${message}`);
}

const compose = readFileSync('docker-compose.yml', 'utf8');
const example = readFileSync('.env.example', 'utf8');
const readme = readFileSync('README.md', 'utf8');
for (const [, name, operator] of compose.matchAll(/\$\{([A-Z_]+)(:[?-])/g)) {
  if (operator === ':?' && !example.includes(`${name}=`))
    problems.push(`.env.example lacks ${name}, which docker-compose.yml requires`);
  if (!readme.includes(name)) problems.push(`README.md does not explain ${name}`);
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('docker-compose.yml and Dockerfile: no problems found');
