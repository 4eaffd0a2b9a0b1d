/** The desk as a browser without scripts sees it: pages, forms, one cookie. */
import { randomUUID } from 'node:crypto';
import { openStore } from '../../src/storage/index.ts';
import { staffId } from '../../src/base/index.ts';
import { createSignIn, LINK_PATH, type Store } from '../../src/service/index.ts';
import type { RunningService } from './running-service.ts';

export interface Answer {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

export class DeskClient {
  cookie = '';
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  /** Signs in by a link's path; throws when it is refused. */
  static async enter(base: string, path: string): Promise<DeskClient> {
    const client = new DeskClient(base);
    const answer = await client.get(path);
    if (answer.status !== 303) throw new Error(`The link was refused: ${answer.status}`);
    return client;
  }

  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (this.cookie !== '') headers.set('Cookie', this.cookie);
    const answer = await fetch(`${this.base}${path}`, { redirect: 'manual', ...init, headers });
    const given = answer.headers.getSetCookie().find((each) => each.startsWith('khuyencong-desk='));
    if (given !== undefined) this.cookie = given.split(';')[0] ?? '';
    return { status: answer.status, html: await answer.text(), headers: answer.headers };
  }

  get = (path: string) => this.request(path);

  /** The hidden fields of the form that posts to `action` on a page. */
  async fieldsOf(page: string, action: string): Promise<Record<string, string>> {
    const { html } = await this.get(page);
    const form = html.split('<form').find((part) => part.includes(`action="${action}"`));
    if (form === undefined) throw new Error(`No form ${action} on ${page}`);
    const body = form.split('</form>')[0] ?? '';
    const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    return Object.fromEntries(hidden.map((match) => [match[1] ?? '', match[2] ?? '']));
  }

  post(path: string, fields: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { Origin: this.base, 'Sec-Fetch-Site': 'same-origin', ...headers },
    });
  }

  /** Sends a form of a case's page, with what it holds and what is typed. */
  async act(code: string, action: string, typed: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const path = `/staff/cases/${code}/${action}`;
    return this.post(path, { ...(await this.fieldsOf(`/staff/cases/${code}`, path)), ...typed });
  }
}

export interface Person {
  readonly name: string;
  readonly role?: 'admin' | 'officer';
  readonly provinces?: readonly string[];
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The path of a new link for that person, as `cli staff link` makes it. */
export const linkFor = (service: RunningService, id: string): Promise<string> =>
  withStoreOf(service, async (store) => {
    const signIn = createSignIn({ store, clock: service.now, newId: randomUUID, log: quiet });
    return `${LINK_PATH}${await signIn.link(staffId(id))}`;
  });

/** Adds people beside the running service, as the command line does, and signs them in. Ids: `person-<at>-<name>`. */
export async function signedIn(service: RunningService, people: readonly Person[]): Promise<readonly DeskClient[]> {
  const clients: DeskClient[] = [];
  for (const [at, { name, role = 'officer', provinces = [] }] of people.entries()) {
    const id = staffId(`person-${at}-${name}`);
    await withStoreOf(service, (store) => store.addStaff({ id, name, role, provinces, addedAt: service.now() }));
    clients.push(await DeskClient.enter(service.base, await linkFor(service, id)));
  }
  return clients;
}

/** The database of a running service, opened beside it. */
export async function withStoreOf<T>(service: RunningService, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url: service.database.url, instance: 'beside' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
