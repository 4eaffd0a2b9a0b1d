/** A question that is added in the content alone, as docs/tasks/add-a-question.md says: asked, shown, and in the case. */
import { afterEach, expect, test } from 'vitest';
import { caseCodeIn, ChatClient } from '../support/chat-client.ts';
import { withStoreOf } from '../support/desk-client.ts';
import { editedContent, type EditedContent } from '../support/edited-content.ts';
import { noodleMaker } from '../support/journey.ts';
import { startRunningService, type RunningService } from '../support/running-service.ts';

let content: EditedContent;
let service: RunningService;
afterEach(async () => {
  await service.stop();
  content.remove();
});

test('a question of the sheet needs no code', { timeout: 120_000 }, async () => {
  content = editedContent();
  content.put(
    'questions/main-market.yaml',
    `kind: choice
label: Thị trường chính
wording: Cơ sở bán hàng chủ yếu ở đâu?
help: Chọn nơi bán nhiều nhất.
why: Để cán bộ biết nên giới thiệu hội chợ nào.
cites: []
choices:
  - { value: trong-tinh, label: Trong tỉnh }
  - { value: ngoai-tinh, label: Ngoài tỉnh }
  - { value: xuat-khau, label: Xuất khẩu, also: [nước ngoài] }
optional: true
personal: false
`,
  );
  content.edit('flows/registration.yaml', (text) =>
    text.replace('  - ownCapital\n', '  - ownCapital\n  - mainMarket\n'),
  );
  service = await startRunningService({ environment: { CONTENT_DIR: content.dir } });
  const owner = await ChatClient.open(service.base);
  const answers = { ...noodleMaker, mainMarket: 'nước ngoài' };
  const said = await owner.follow(answers, (messages) => caseCodeIn(messages) !== null);
  expect(owner.seen.some(({ ask, text }) => ask?.id === 'mainMarket' && text.includes('bán hàng chủ yếu'))).toBe(true);
  expect(owner.seen.some(({ text }) => text.includes('Thị trường chính: Xuất khẩu'))).toBe(true);
  const one = await withStoreOf(service, (store) => store.findCase(caseCodeIn(said) ?? ''));
  expect(one?.dossier.fields['mainMarket']).toBe('xuat-khau');
});
