/**
 * The bot without its edges: who receives events, who sends, who keeps cases and acts for staff, joined over one store and
 * some channels. The service and the terminal chat are made of it.
 */
import { retry } from '../jobs/index.ts';
import {
  createCaseDesk,
  createDeliverer,
  createNotices,
  createReceiver,
  createStaff,
  type Address,
  type Channel,
  type Clock,
  type Deliverer,
  type Log,
  type Meter,
  type NewId,
  type Receiver,
  type Retry,
  type Staff,
  type Store,
} from '../service/index.ts';
import type { ContentInUse } from './live-content.ts';

export interface BotParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  /** Asked anew for each turn. */
  readonly content: () => ContentInUse;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly meter: Meter;
  /** The staff rooms as they are now. */
  readonly rooms: () => readonly Address[];
  /** Somebody of the desk may answer although there is no room. */
  readonly deskStaffed?: () => boolean;
  /** Keys what is kept of codes that join two channels of a person. */
  readonly secret: string;
  /** When failed messages are tried again; default: the product's policy. */
  readonly retry?: Retry;
}

export interface Bot {
  readonly receiver: Receiver;
  readonly staff: Staff;
  readonly deliverer: Deliverer;
}

/** Staff read Vietnamese, whatever language an owner writes in. */
const STAFF_LANGUAGE = 'vi';

export function joinBot(parts: BotParts): Bot {
  const { store, content, clock, newId, rooms, log, meter, deskStaffed } = parts;
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]));
  const voice = () => {
    const { library, texts } = content();
    return { pack: library.pack, texts, lang: STAFF_LANGUAGE };
  };
  const notices = createNotices(voice, rooms);
  const deliverer: Deliverer = createDeliverer({
    store,
    channels,
    retry: parts.retry ?? retry,
    clock,
    log,
    meter,
    undelivered: (row, failure, so) => staff.undelivered(row, failure, so),
  });
  const presence = deskStaffed === undefined ? {} : { deskStaffed };
  const send: Deliverer['send'] = (rows) => deliverer.send(rows);
  const receiver = createReceiver({
    store,
    desk: createCaseDesk({ voice, notices, rooms, ...presence }),
    notices,
    newId,
    clock,
    log,
    meter,
    send,
    script: () => content().script,
    secret: parts.secret,
    isPull: (name) => channels.get(name)?.capabilities.pull === true,
    published: (name, conversation) => channels.get(name)?.published?.(conversation),
  });
  const staff = createStaff({ store, steps: receiver, notices, voice, rooms, clock, newId, log, send, ...presence });
  return { receiver, staff, deliverer };
}
