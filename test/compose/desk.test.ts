/** The desk and the rest of the service: who is there, one truth with the staff room, and the first link. */
import { afterEach, describe, expect, it } from 'vitest';
import { staffId } from '../../src/base/index.ts';
import { openDb } from '../../src/storage/client.ts';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { DeskClient, signedIn, withStoreOf } from '../support/desk-client.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let service: RunningService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

const registered = async (base: string) => {
  const owner = await ChatClient.open(base);
  const said = await owner.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  return { owner, code: caseCodeIn(said) ?? '', words: said.map(({ text }) => text).join('\n') };
};

describe('the desk', () => {
  it('gives a fresh link at each start until an admin has signed in', async () => {
    const first = (service = await startRunningService());
    const before = first.signInPath ?? '';
    await first.stop('keep');
    const second = (service = await startRunningService({ database: first.database }));
    expect(second.signInPath).not.toBeNull();
    expect(second.signInPath).not.toBe(before);
    await DeskClient.enter(second.base, second.signInPath ?? '');
    await second.stop('keep');
    service = await startRunningService({ database: first.database });
    expect(service.signInPath).toBeNull();
  });

  it('promises an answer only when somebody of the desk has been there', async () => {
    service = await startRunningService();
    const alone = await registered(service.base);
    expect(alone.words).not.toContain('dự kiến trước');
    await DeskClient.enter(service.base, service.signInPath ?? '');
    const staffed = await registered(service.base);
    expect(staffed.words).toContain('dự kiến trước');
  });

  it('keeps a claim where every other place reads it', async () => {
    service = await startRunningService();
    const [ha] = (await signedIn(service, [{ name: 'Hà' }])) as [DeskClient];
    const { code } = await registered(service.base);
    await ha.act(code, 'take');
    const one = await withStoreOf(service, (store) => store.findCase(code));
    expect([one?.officer?.name, one?.status]).toEqual(['Hà', 'taken']);
  });

  it('lists what nobody could answer, with a file that is YAML whatever was typed, and takes it off', async () => {
    service = await startRunningService();
    const [ha] = (await signedIn(service, [{ name: 'Hà' }])) as [DeskClient];
    const owner = await ChatClient.open(service.base);
    await owner.say('con mèo nhà tôi "biết": bay - không # vậy');
    const { html } = await ha.get('/staff/unanswered');
    expect(html).toContain('nhà · tôi · biết');
    expect(html).toContain('questions:');
    const fields = await ha.fieldsOf('/staff/unanswered', '/staff/unanswered');
    expect((await ha.post('/staff/unanswered', fields)).status).toBe(303);
    expect((await ha.get('/staff/unanswered')).html).not.toContain('nhà · tôi');
  });

  it('tells in words what did not reach whom, and sends it again', async () => {
    service = await startRunningService();
    const [ha, nam] = (await signedIn(service, [{ name: 'Hà' }, { name: 'Nam', provinces: ['ninh-binh'] }])) as [
      DeskClient,
      DeskClient,
    ];
    const { code } = await registered(service.base);
    await withStoreOf(service, async (store) => {
      const one = await store.findCase(code);
      if (one === null) throw new Error('No case');
      const message = {
        from: 'staff',
        blocks: [{ kind: 'paragraph', runs: [{ text: 'Mai chị tới nhé' }] }],
        choices: [],
      } as const;
      const to = { channel: 'zalo', chat: '77' } as const;
      const row = {
        id: 'lost-1',
        to,
        queue: one.conversation,
        payload: { kind: 'say', message },
        priority: 0,
      } as const;
      await store.enqueue([row], service?.now() ?? '');
      const { prisma, close } = await openDb(service?.database.url ?? '');
      await prisma.message.update({ where: { id: 'lost-1' }, data: { conversation: one.conversation } });
      await close();
      await store.settle([
        {
          id: 'lost-1',
          fate: 'failed',
          notBefore: null,
          failure: 'outside-window',
          attempts: 3,
          done: 0,
          platformIds: [],
          ambiguous: 0,
        },
      ]);
    });
    const { html } = await ha.get('/staff/problems');
    expect(html).toContain('nên gọi điện');
    expect(html).toContain('Zalo');
    expect(html).toContain(code);
    expect(html).toContain('Mai chị tới nhé');
    expect((await nam.get('/staff/problems')).html).not.toContain(code);
    const { mark = '' } = await nam.fieldsOf('/staff', '/staff/sign-out');
    expect((await nam.post('/staff/problems/drop', { mark, id: 'lost-1' })).status).toBe(404);
    const fields = await ha.fieldsOf('/staff/problems', '/staff/problems/drop');
    expect((await ha.post('/staff/problems/drop', fields)).status).toBe(303);
    expect((await ha.get('/staff/problems')).html).not.toContain('nên gọi điện');
  });

  it('is closed to a person removed while their page is open', async () => {
    service = await startRunningService();
    const [ha] = (await signedIn(service, [{ name: 'Hà' }])) as [DeskClient];
    const { code } = await registered(service.base);
    const stream = await fetch(`${service.base}/staff/cases/${code}/stream?after=0`, {
      headers: { Cookie: ha.cookie },
    });
    await withStoreOf(service, (store) => store.removeStaff(staffId('person-0-Hà'), service?.now() ?? ''));
    expect(await stream.text()).toContain('event: gone');
  });
});
