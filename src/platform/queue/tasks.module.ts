import { Global, Module } from '@nestjs/common';
import { TaskRegistry } from './task-registry';

/** Where modules say what they work on, whether or not this process works on it. */
@Global()
@Module({ providers: [TaskRegistry], exports: [TaskRegistry] })
export class TasksModule {}
