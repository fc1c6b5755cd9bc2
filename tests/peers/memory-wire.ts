import { Duplex } from 'node:stream';

/**
 * Two ends of a wire in memory, good enough for node:http on both sides: bytes keep their order,
 * a full reader slows its writer, ending one side ends the other's reading, and destroying one side
 * breaks the other like a reset connection. (`duplexPair` of node:stream does not pass on a destroy.)
 */
export function createMemoryWire(): readonly [client: Duplex, server: Duplex] {
  const client = new WireEnd();
  const server = new WireEnd();
  client.connect(server);
  server.connect(client);
  return [client, server];
}

/** What goes over the wire at once: as much as a socket's reader gets, so that a slow reader stops its writer mid-body. */
const SEGMENT_BYTES = 65_536;

/** One end. It answers to what node:http asks of a socket (timeouts, keep-alive, ref) by doing nothing. */
class WireEnd extends Duplex {
  readonly remoteAddress = '127.0.0.1';
  #other: WireEnd | null = null;
  #continueOther: (() => void) | null = null;

  connect(other: WireEnd): void {
    this.#other = other;
  }

  /** Takes bytes from the other end; `taken` is called when there is room again. */
  receive(chunk: Buffer, taken: () => void): void {
    if (this.push(chunk)) taken();
    else this.#continueOther = taken;
  }

  override _read(): void {
    const resume = this.#continueOther;
    this.#continueOther = null;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    const other = this.#other;
    if (!other || other.destroyed) {
      done(new Error('write EPIPE'));
      return;
    }
    const rest = chunk.subarray(SEGMENT_BYTES);
    const taken = (error?: Error): void => {
      if (error || rest.length === 0) done(error);
      else this._write(rest, 'binary', done);
    };
    // Hand over in a later turn, as a socket would: neither side runs inside the other's call.
    setImmediateUnfaked(() => {
      if (other.destroyed) done(new Error('write EPIPE'));
      else other.receive(chunk.subarray(0, SEGMENT_BYTES), taken);
    });
  }

  override _final(done: () => void): void {
    this.#other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const other = this.#other;
    this.#other = null;
    setImmediateUnfaked(() => {
      if (!other || other.destroyed) return;
      if (this.writableFinished && this.readableEnded) other.destroy();
      else other.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    });
    const unblock = this.#continueOther;
    this.#continueOther = null;
    unblock?.();
    done(error);
  }

  resetAndDestroy(): this {
    return this.destroy();
  }
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

// Taken at load, so that a test with fake timers does not stop the wire.
const setImmediateUnfaked = setImmediate;
