/**
 * `fetch` for grammY's client, with what it uses of it and no more: one POST on a connection that is kept, its answer read
 * as JSON. The general one took more than half of the time of a send.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import type { ApiClientOptions } from 'grammy';

type Fetch = NonNullable<ApiClientOptions['fetch']>;

/** What grammY hands over. */
interface Options {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream when there are files in it. */
  readonly body: string | Readable;
  readonly signal: AbortSignal;
}

/** An answer that is not JSON, under the name by which `failures.ts` knows it. */
class InvalidJson extends Error {
  readonly type = 'invalid-json';
}

/** Opens connections of its own; they end when they have been idle for a while. */
export function openFetch(): Fetch {
  const http = new HttpAgent({ keepAlive: true });
  const https = new HttpsAgent({ keepAlive: true });
  const call = (url: string, options: Options): Promise<unknown> => {
    const { method, headers, body, signal } = options;
    return new Promise((resolve, reject) => {
      const request = url.startsWith('https:')
        ? httpsRequest(url, { method, headers, agent: https })
        : httpRequest(url, { method, headers, agent: http });
      const abort = () => request.destroy(new Error('aborted'));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      request.on('error', reject);
      request.once('response', (response) => {
        read(response).then((text) => resolve({ json: () => parse(text) }), reject);
      });
      if (typeof body === 'string') request.end(body);
      else pipeline(body, request, () => undefined); // what goes wrong comes as an error of the request
    });
  };
  // grammY declares the whole of `fetch`; this is the part that it calls.
  return call as unknown as Fetch;
}

function read(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (part: string) => (text += part));
    response.once('end', () => resolve(text));
    response.on('error', reject);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidJson('The answer is no JSON');
  }
}
