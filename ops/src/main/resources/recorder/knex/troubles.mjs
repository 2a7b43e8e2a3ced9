// What happens outside of any promise that the recorder waits for.

/** Ends the wait for the code that runs when something fails behind its back. */
export class Troubles {
  #fail = null;

  /** Takes over what would end the process. */
  watch() {
    process.on('unhandledRejection', (reason) => this.#failed(reason, 'a promise was rejected and nobody caught it'));
    process.on('uncaughtException', (error) => this.#failed(error, 'an error was thrown and nobody caught it'));
    this.exit = process.exit.bind(process);
    process.exit = (code) => {
      const error = new Error(`it called process.exit(${code ?? ''})`);
      this.#fail?.(error);
      throw error;
    };
  }

  #failed(reason, what) {
    const message = String(reason?.message ?? reason);
    // A connection that the recorder ended itself, in a pool that it does not know.
    if (reason?.code === '57P01' || /^Connection terminated/.test(message)) {
      return;
    }
    this.#fail?.(new Error(`${what}: ${message}`));
  }

  /** As `act` settles, or as soon as something fails behind its back. */
  async orFailure(act) {
    let fail;
    const failure = new Promise((_, reject) => {
      fail = reject;
    });
    failure.catch(() => {});
    this.#fail = fail;
    try {
      return await Promise.race([act(), failure]);
    } finally {
      this.#fail = null;
    }
  }
}
