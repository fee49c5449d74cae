/** The program cannot start; the message is one sentence for the operator, with what to do. */
export class StartupError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartupError';
  }
}
