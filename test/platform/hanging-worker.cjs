// A process of its own, which takes a job and never ends it: to be killed.
require('reflect-metadata');
const { QueueWorker } = require('../../dist/src/platform/queue/queue-worker.js');
const { TaskRegistry } = require('../../dist/src/platform/queue/task-registry.js');
const pino = require('pino');

const tasks = new TaskRegistry();
tasks.register('hang', () => {
  console.log('taken');
  return new Promise(() => setInterval(() => undefined, 1000));
});
void new QueueWorker(process.argv[2], tasks, pino({ level: 'silent' })).onApplicationBootstrap();
