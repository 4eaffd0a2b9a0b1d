/** A whole content pack that fits on a page: every kind of file once or twice, without a single issue. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asDay } from '../../src/base/index.ts';

export const TODAY = asDay('2026-11-25');

export type PackFiles = Record<string, string | Uint8Array>;

const legal = (number: string, more: string) => `number: ${number}
kind: nghi-dinh
title: Nghị định về khuyến công
issuer: Chính phủ
issuedOn: 2004-06-09
checkedOn: 2026-11-22
certainty: official
summary: Quy định chung.
${more}`;

const province = (name: string, id: string, letters: string) => `name: ${name}
kind: [{ is: tinh }]
former: [{ id: ${id}, name: ${name}, kind: tinh }]
letters: ${letters}
centre: { name: Trung tâm ${name}, certainty: reported, checkedOn: 2026-11-22 }
hours: [{ days: [1, 2, 3, 4, 5], from: '07:30', to: '11:30' }]
`;

const question = (more: string) => `kind: choice
wording: Cơ sở có tự sản xuất không?
label: Tự sản xuất
help: Ví dụ tự làm bún, đan giỏ.
why: Khuyến công dành cho nơi làm ra sản phẩm.
cites: ['nd-45-2012#1.2.a']
choices:
  - { value: yes, label: Có }
  - { value: no, label: Không }
${more}`;

const faq = (topic: string, asked: string, source: string, answer: string) => `---
topic: ${topic}
questions:
  - ${asked}
sources: ['${source}']
provinces: []
validTo:
checkedOn: 2026-11-22
certainty: official
---
${answer}
`;

export const smallPack = (): PackFiles => ({
  'legal/nd-45-2012.yaml': legal(
    '45/2012/NĐ-CP',
    `inForceFrom: 2012-07-05
articles:
  '1.2.a':
    - { to: 2025-10-14, gist: Theo bản đầu. }
    - { from: 2025-10-15, gist: Theo bản sửa. }
  '5': Danh mục ngành nghề.
`,
  ),
  'legal/nd-134-2004.yaml': legal(
    '134/2004/NĐ-CP',
    `inForceFrom: 2004-06-09
inForceTo: 2012-07-04
replacedBy: nd-45-2012
articles:
  '2': Ai được hỗ trợ.
`,
  ),
  'provinces/thanh-hoa.yaml': province('Thanh Hóa', 'thanh-hoa', 'TH'),
  'provinces/hung-yen.yaml': province('Hưng Yên', 'hung-yen', 'HY'),
  'questions/produces-industrially.yaml': question(''),
  'questions/craft-village.yaml': question('optional: true\n'),
  'flows/eligibility.yaml': `title: Xem có được hỗ trợ không
steps:
  - producesIndustrially
  - question: craftVillage
    when: { question: producesIndustrially, is: yes }
`,
  'forms/papers.yaml': `papers:
  - { id: bao-gia, label: Báo giá máy, help: Chụp rõ cả trang. }
`,
  'tables/policy-tree.yaml': `- { id: van-ban, title: Văn bản, topics: [nd134, dia-ban] }
`,
  'lexicon/commands.yaml': 'menu: [menu, trang chủ]\n',
  'faq/dia-ban-phuong.md': faq(
    'dia-ban',
    'Cơ sở ở phường có được hưởng không?',
    'nd-45-2012#1.2.a',
    'Phường của **tỉnh** thì được. Xem [trang của Bộ](https://moit.gov.vn).',
  ),
  'faq/nd134-la-gi.md': faq('nd134', 'Nghị định 134 là gì?', 'nd-134-2004#2', 'Văn bản cũ, nay là Nghị định 45.'),
  'programmes/khuyen-cong-quoc-gia.yaml': `title: Khuyến công quốc gia
legalBasis: ['nd-45-2012#1.2.a']
certainty: official
checkedOn: 2026-11-22
summary: Hỗ trợ một phần chi phí.
inForce:
  - from: 2012-07-05
    instruments: [nd-45-2012]
    certainty: official
    summary: Đang áp dụng.
    routes: [{ id: co-so, title: Cơ sở, conditions: [san-xuat] }]
conditions:
  - id: san-xuat
    test: { answer: producesIndustrially, meets: [yes], fails: [no] }
    because: Trực tiếp làm ra sản phẩm
    cites: ['nd-45-2012#1.2.a']
supports:
  - id: may-moc
    title: Máy móc
    what: Mua máy
    cites: ['nd-45-2012#5']
    certainty: reported
    ceilings:
      - { from: 2018-01-01, max: 300000000, per: mỗi cơ sở, cite: 'nd-45-2012#5', certainty: reported }
contact: Trung tâm Khuyến công của tỉnh
examples:
  - name: Xưởng bún tự sản xuất
    on: 2026-11-25
    facts: { producesIndustrially: yes }
    verdict: likely
`,
  'texts/vi/hello.yaml': 'title: Chào {{name}}, anh/chị muốn làm gì?\nback: Quay lại\n',
  'texts/en/hello.yaml': 'title: Hello {{name}}, what would you like to do?\nback: Back\n',
});

/** Writes the files to a new folder; `remove` takes it away. */
export function writePack(files: PackFiles): {
  readonly dir: string;
  put(file: string, text: string): void;
  remove(): void;
} {
  const dir = mkdtempSync(join(tmpdir(), 'pack-'));
  const put = (file: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  };
  for (const [file, text] of Object.entries(files)) put(file, text);
  return { dir, put, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
