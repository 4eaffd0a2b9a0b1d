/** Beginnings that many stories on Zalo share: an officer who joined their Zalo Bot, an owner whose case is open. */
import { staffId } from '../../src/base/index.ts';
import { makeStaffCode } from '../../src/service/staff-link.ts';
import type { FakeZaloPerson } from './fake-zalo-people.ts';
import type { ZaloService } from './zalo-service.ts';

/** Chat of the officer with the bot. */
export const OFFICER = '900000';
export const OFFICER_NAME = 'Lê Thu Hà';

/** A member of the staff joins their chat with the bot by a code, as `cli zalo staff` gives one. */
export async function joinOfficer({ store, bot }: ZaloService, chat = OFFICER, name = OFFICER_NAME): Promise<void> {
  const now = new Date().toISOString();
  const id = staffId(`officer-${chat}`);
  await store.addStaff({ id, name, role: 'officer', provinces: [], addedAt: now });
  const code = await makeStaffCode(store, id, { chance: `of the test ${chat}`, now });
  if (bot.webhook === null) bot.says(chat, code);
  else await bot.deliver(bot.update(chat, 'text', { text: code }));
  await bot.hears(chat, 'Đã nối');
}

/** Asks for a person of the centre, consents, and answers the code of the case. */
export async function withCase(owner: FakeZaloPerson): Promise<string> {
  await owner.text('gặp cán bộ');
  await owner.hears('ồng ý');
  await owner.press('Đồng ý');
  const { text } = await owner.hears('Mã:');
  const code = /[A-Z]{2,4}-\d{2}-\d{6}/.exec(text)?.[0];
  if (code === undefined) throw new Error(`No code in: ${text}`);
  return code;
}
