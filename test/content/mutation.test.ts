/** Each check catches the fault it is for: the fault is put into a clean pack, and exactly its rule is named, with its place. */
import { describe, expect, it } from 'vitest';
import { loadTexts, ownContentDir } from '../../src/content/files.ts';
import { loadContent } from '../../src/service/load-content.ts';
import { smallPack, TODAY, writePack, type PackFiles } from '../support/small-pack.ts';

const USED_TEXTS = ['hello.title', 'hello.back', 'check.*'];

async function issuesOf(files: PackFiles) {
  const pack = writePack(files);
  try {
    return (await loadContent(pack.dir, { today: TODAY, thorough: true, usedTexts: USED_TEXTS })).issues;
  } finally {
    pack.remove();
  }
}

interface Mutation {
  readonly rule: string;
  readonly fault: string;
  readonly file: string;
  readonly edit: (files: PackFiles) => void;
  /** What stands on the line that must be named; absent: the first line. */
  readonly at?: string;
  readonly severity?: 'warning';
  /** The suggestion that must be made. */
  readonly near?: string;
}

const FAQ = 'faq/dia-ban-phuong.md';
const LAW = 'legal/nd-45-2012.yaml';
const PROGRAMME = 'programmes/khuyen-cong-quoc-gia.yaml';
const QUESTION = 'questions/craft-village.yaml';
const FLOW = 'flows/eligibility.yaml';
const TEXTS = 'texts/vi/hello.yaml';

const replace = (file: string, from: string, to: string) => (files: PackFiles) => {
  const text = String(files[file]);
  if (!text.includes(from)) throw new Error(`${file} has no «${from}»`);
  files[file] = text.replace(from, () => to);
};
const add = (file: string, text: string) => (files: PackFiles) =>
  void (files[file] = `${String(files[file] ?? '')}${text}`);
const put = (file: string, text: string | Uint8Array) => (files: PackFiles) => void (files[file] = text);

const mutations: readonly Mutation[] = [
  // files
  {
    rule: 'stray-file',
    fault: 'a file of no known kind',
    file: 'faq/note.txt',
    edit: put('faq/note.txt', 'x'),
    severity: 'warning',
  },
  {
    rule: 'file-name',
    fault: 'a name with capitals',
    file: 'faq/Dia-Ban.md',
    edit: (files) => {
      files['faq/Dia-Ban.md'] = files[FAQ] ?? '';
      delete files[FAQ];
    },
  },
  {
    rule: 'file-name',
    fault: 'a name with diacritics',
    file: 'faq/địa-bàn.md',
    edit: (files) => {
      files['faq/địa-bàn.md'] = files[FAQ] ?? '';
      delete files[FAQ];
    },
  },
  {
    rule: 'file-too-large',
    fault: 'a huge file',
    file: 'lexicon/extra.yaml',
    edit: put('lexicon/extra.yaml', `courtesy: [${'ạ, '.repeat(120_000)}ạ]`),
  },
  {
    rule: 'not-utf8',
    fault: 'bytes of another encoding',
    file: FAQ,
    edit: put(FAQ, new Uint8Array([0x2d, 0x2d, 0x2d, 0x0a, 0xc3, 0x28])),
  },
  {
    rule: 'not-nfc',
    fault: 'letters in parts',
    file: FAQ,
    at: '**tỉnh**',
    edit: (files) => void (files[FAQ] = String(files[FAQ]).replace('Phường của', 'Phường của'.normalize('NFD'))),
  },
  {
    rule: 'control-character',
    fault: 'a reversed direction of writing',
    file: FAQ,
    at: 'Phường',
    edit: replace(FAQ, 'của **tỉnh**', 'của \u202e**tỉnh**'),
  },
  { rule: 'front-matter-missing', fault: 'no front matter', file: FAQ, edit: put(FAQ, 'Chỉ có câu trả lời.\n') },
  // YAML
  {
    rule: 'yaml-syntax',
    fault: 'a bracket left open',
    file: LAW,
    edit: replace(LAW, "'5': Danh mục ngành nghề.", "'5': [Danh mục"),
    at: "'5':",
  },
  {
    rule: 'duplicate-key',
    fault: 'a key twice',
    file: LAW,
    edit: add(LAW, 'issuer: Bộ Công Thương\n'),
    at: 'issuer: Bộ',
  },
  {
    rule: 'too-deep',
    fault: 'deep brackets',
    file: 'tables/deep.yaml',
    edit: put('tables/deep.yaml', `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}\n`),
  },
  {
    rule: 'too-deep',
    fault: 'deep dashes',
    file: 'tables/deep.yaml',
    edit: put('tables/deep.yaml', `a:\n  ${'- '.repeat(50_000)}x\n`),
    at: '- - ',
  },
  {
    rule: 'too-deep',
    fault: 'deep indents',
    file: 'tables/deep.yaml',
    edit: put('tables/deep.yaml', Array.from({ length: 40 }, (_, at) => `${' '.repeat(at)}k:`).join('\n')),
    at: `${' '.repeat(13)}k:`,
  },
  {
    rule: 'alias',
    fault: 'an alias',
    file: 'tables/bomb.yaml',
    edit: put('tables/bomb.yaml', 'a: &x [1]\nb: x\n'),
    at: 'a: &x',
  },
  {
    rule: 'custom-tag',
    fault: 'a tag',
    file: 'tables/tag.yaml',
    edit: put('tables/tag.yaml', 'b: 1\na: !!js/function x\n'),
    at: 'a: !!js',
  },
  {
    rule: 'forbidden-key',
    fault: '__proto__',
    file: 'tables/proto.yaml',
    edit: put('tables/proto.yaml', 'b: 1\n__proto__: { x: 1 }\n'),
    at: '__proto__',
  },
  // shape
  {
    rule: 'unknown-key',
    fault: 'a mistyped key',
    file: FAQ,
    edit: replace(FAQ, 'provinces:', 'provines:'),
    at: 'provines:',
    near: 'provinces',
  },
  {
    rule: 'missing-key',
    fault: 'a key left out',
    file: FAQ,
    edit: replace(FAQ, 'certainty: official\n', ''),
    at: 'topic:',
  },
  {
    rule: 'wrong-type',
    fault: 'text where a list belongs',
    file: FAQ,
    edit: replace(FAQ, 'provinces: []', 'provinces: thanh-hoa'),
    at: 'provinces:',
  },
  {
    rule: 'wrong-value',
    fault: 'a value of no list',
    file: FAQ,
    edit: replace(FAQ, 'certainty: official', 'certainty: oficial'),
    at: 'certainty:',
    near: 'official',
  },
  {
    rule: 'not-a-day',
    fault: '30 February',
    file: FAQ,
    edit: replace(FAQ, 'checkedOn: 2026-11-22', 'checkedOn: 2026-02-30'),
    at: 'checkedOn:',
  },
  {
    rule: 'not-an-id',
    fault: 'a topic with spaces',
    file: FAQ,
    edit: replace(FAQ, 'topic: dia-ban', 'topic: địa bàn'),
    at: 'topic:',
  },
  {
    rule: 'not-a-cite',
    fault: 'a citation in words',
    file: FAQ,
    edit: replace(FAQ, 'nd-45-2012#1.2.a', 'Điều 1'),
    at: 'sources:',
  },
  {
    rule: 'not-an-article',
    fault: 'an article in words',
    file: LAW,
    edit: replace(LAW, "'5':", 'Điều 5:'),
    at: 'Điều 5',
  },
  { rule: 'not-a-url', fault: 'an http address', file: LAW, edit: add(LAW, 'url: moit.gov.vn\n'), at: 'url:' },
  {
    rule: 'not-letters',
    fault: 'small letters',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', 'letters: TH', 'letters: th'),
    at: 'letters:',
  },
  {
    rule: 'not-a-time',
    fault: 'an hour past midnight',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', "'07:30'", "'27:30'"),
    at: 'hours:',
  },
  { rule: 'not-a-text-key', fault: 'a key with a dot', file: TEXTS, edit: add(TEXTS, 'a.b: x\n'), at: 'a.b' },
  {
    rule: 'empty-text',
    fault: 'an empty question',
    file: FAQ,
    edit: replace(FAQ, '- Cơ sở ở phường có được hưởng không?', "- ''"),
    at: "- ''",
  },
  {
    rule: 'no-question',
    fault: 'no question',
    file: FAQ,
    edit: replace(FAQ, 'questions:\n  - Cơ sở ở phường có được hưởng không?', 'questions: []'),
    at: 'questions:',
  },
  {
    rule: 'empty-answer',
    fault: 'no answer',
    file: FAQ,
    edit: (files) => void (files[FAQ] = String(files[FAQ]).replace(/\nPhường[^]*/, '\n')),
    at: '',
  },
  {
    rule: 'not-an-email',
    fault: 'an address without a host',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', 'certainty: reported,', 'certainty: reported, email: a@,'),
    at: 'centre:',
  },
  { rule: 'not-a-question', fault: 'a step in words', file: FLOW, edit: add(FLOW, '  - Loại hình\n'), at: 'Loại hình' },
  {
    rule: 'article-not-on-file',
    fault: 'a rule on a text of which nothing was seen',
    file: PROGRAMME,
    severity: 'warning',
    edit: (files) => {
      files['legal/qd-1-2020-ttg.yaml'] = String(files[LAW]).replace(/articles:[^]*/, '');
      replace(PROGRAMME, "    cites: ['nd-45-2012#1.2.a']", '    cites: [qd-1-2020-ttg]')(files);
    },
    at: '    cites: [qd-1',
  },
  {
    rule: 'cite-not-in-force',
    fault: 'an old text beside the one that replaced it',
    file: FAQ,
    severity: 'warning',
    edit: replace(FAQ, "['nd-45-2012#1.2.a']", "['nd-45-2012#1.2.a', 'nd-134-2004#2']"),
    at: 'sources:',
  },
  {
    rule: 'caught-by-other',
    fault: 'a question that the search gives to another entry',
    file: 'faq/nd134-la-gi.md',
    severity: 'warning',
    edit: (files) => {
      files['lexicon/courtesy.yaml'] = 'courtesy: [vậy]\n';
      replace('faq/nd134-la-gi.md', 'là gì?', 'là gì?\n  - Cơ sở ở phường có được hưởng không vậy')(files);
    },
    at: 'không vậy',
  },
  // words
  {
    rule: 'template-in-answer',
    fault: 'braces in an answer',
    file: FAQ,
    edit: replace(FAQ, 'của **tỉnh**', 'của {{tỉnh}}'),
    at: 'Phường',
  },
  { rule: 'html', fault: 'a script', file: FAQ, edit: add(FAQ, '<script>alert(1)</script>\n'), at: '<script>' },
  {
    rule: 'html',
    fault: 'an element with a handler',
    file: FAQ,
    edit: add(FAQ, 'a <img src=x onerror=alert(1)> b\n'),
    at: '<img',
  },
  {
    rule: 'html',
    fault: 'HTML in a question file',
    file: QUESTION,
    edit: replace(QUESTION, 'Ví dụ tự làm bún', 'Ví dụ <b>bún</b>'),
    at: 'help:',
  },
  { rule: 'link-scheme', fault: 'a javascript link', file: FAQ, edit: add(FAQ, '[bấm](ftp://x.vn)\n'), at: '[bấm]' },
  {
    rule: 'link-scheme',
    fault: 'a bare http address',
    file: FAQ,
    edit: add(FAQ, 'xem http://x.vn nhé\n'),
    at: 'xem http',
  },
  {
    rule: 'unsupported-markup',
    severity: 'warning',
    fault: 'a heading',
    file: FAQ,
    edit: add(FAQ, '\n## Đầu đề\n'),
    at: '## Đầu đề',
  },
  // references
  {
    rule: 'unknown-instrument',
    fault: 'a source that is not there',
    file: FAQ,
    edit: replace(FAQ, 'nd-45-2012#1.2.a', 'nd-45-2021#1.2.a'),
    at: 'sources:',
    near: 'nd-45-2012',
  },
  {
    rule: 'unknown-instrument',
    fault: 'replaced by nothing known',
    file: 'legal/nd-134-2004.yaml',
    edit: replace('legal/nd-134-2004.yaml', 'replacedBy: nd-45-2012', 'replacedBy: [nd-45-2021]'),
    at: 'replacedBy:',
    near: 'nd-45-2012',
  },
  {
    rule: 'unknown-article',
    fault: 'an article that is not there',
    file: FAQ,
    edit: replace(FAQ, '#1.2.a', '#1.2.b'),
    at: 'sources:',
    near: 'nd-45-2012#1.2.a',
  },
  {
    rule: 'rule-without-article',
    fault: 'an entry that names no article',
    file: FAQ,
    edit: replace(FAQ, '#1.2.a', ''),
    at: 'sources:',
  },
  {
    rule: 'rule-without-article',
    fault: 'a rule that names no article',
    file: PROGRAMME,
    edit: replace(PROGRAMME, "    cites: ['nd-45-2012#1.2.a']", '    cites: [nd-45-2012]'),
    at: '    cites: [nd-45',
  },
  {
    rule: 'missing-key',
    fault: 'a rule that cites nothing',
    file: PROGRAMME,
    edit: replace(PROGRAMME, "    cites: ['nd-45-2012#1.2.a']\n", ''),
    at: '  - id: san-xuat',
  },
  {
    rule: 'cite-not-in-force',
    fault: 'an old text, not as history',
    file: FAQ,
    edit: replace(FAQ, 'nd-45-2012#1.2.a', 'nd-134-2004#2'),
    at: 'sources:',
  },
  {
    rule: 'cite-not-in-force',
    fault: 'a rule on an old text',
    file: PROGRAMME,
    edit: replace(PROGRAMME, "    cites: ['nd-45-2012#1.2.a']", "    cites: ['nd-134-2004#2']"),
    at: "    cites: ['nd-134",
  },
  {
    rule: 'cite-not-in-force',
    fault: 'a question that rests on an old text',
    file: QUESTION,
    edit: replace(QUESTION, 'nd-45-2012#1.2.a', 'nd-134-2004#2'),
    at: 'cites:',
  },
  {
    rule: 'unknown-province',
    fault: 'a mistyped province',
    file: FAQ,
    edit: replace(FAQ, 'provinces: []', 'provinces: [than-hoa]'),
    at: 'provinces:',
    near: 'thanh-hoa',
  },
  {
    rule: 'unknown-question',
    fault: 'a step without its question',
    file: FLOW,
    edit: add(FLOW, '  - craftVilage\n'),
    at: 'craftVilage',
    near: 'craftVillage',
  },
  {
    rule: 'unknown-choice',
    fault: 'a wait for an answer that is not offered',
    file: FLOW,
    edit: replace(FLOW, 'is: yes', 'is: yess'),
    at: 'when:',
    near: 'yes',
  },
  {
    rule: 'unknown-choice',
    fault: 'a rule on an answer that is not offered',
    file: PROGRAMME,
    edit: replace(PROGRAMME, 'fails: [no]', 'fails: [no, nope]'),
    at: 'test:',
  },
  {
    rule: 'unknown-fact',
    fault: 'a rule on a fact that nobody asks for',
    file: PROGRAMME,
    edit: replace(PROGRAMME, '    because:', '    onlyFor: { fact: craftVilage, is: [yes] }\n    because:'),
    at: 'onlyFor',
    near: 'craftVillage',
  },
  {
    rule: 'unknown-condition',
    fault: 'a route with a mistyped condition',
    file: PROGRAMME,
    edit: replace(PROGRAMME, 'conditions: [san-xuat]', 'conditions: [san-xuat, san-suat]'),
    at: 'routes:',
    near: 'san-xuat',
  },
  {
    rule: 'unused-condition',
    fault: 'a condition of no route',
    file: PROGRAMME,
    severity: 'warning',
    edit: replace(
      PROGRAMME,
      'supports:\n',
      "  - id: thua\n    test: { forAPerson: true }\n    because: Thừa\n    cites: ['nd-45-2012#5']\nsupports:\n",
    ),
    at: '  - id: thua',
  },
  {
    rule: 'unreachable-question',
    fault: 'a question in no flow',
    file: 'questions/workers.yaml',
    edit: (files) => void (files['questions/workers.yaml'] = files[QUESTION] ?? ''),
  },
  {
    rule: 'unreachable-question',
    fault: 'a step that waits for a later one',
    file: FLOW,
    edit: put(
      FLOW,
      'title: Xem\nsteps:\n  - question: craftVillage\n    when: { question: producesIndustrially, is: yes }\n  - producesIndustrially\n',
    ),
    at: '  - question: craftVillage',
  },
  {
    rule: 'empty-topic',
    fault: 'a branch that leads nowhere',
    file: 'tables/policy-tree.yaml',
    severity: 'warning',
    edit: replace('tables/policy-tree.yaml', '[nd134, dia-ban]', '[nd134, dia-ban, le-phi]'),
  },
  {
    rule: 'topic-not-in-tree',
    fault: 'a topic that no branch has',
    file: 'faq/le-phi.md',
    severity: 'warning',
    edit: (files) =>
      void (files['faq/le-phi.md'] = String(files[FAQ])
        .replace('dia-ban', 'le-phi')
        .replace('Cơ sở ở phường có được hưởng không', 'Đăng ký mất bao nhiêu tiền')),
    at: 'topic:',
  },
  // days
  {
    rule: 'span-reversed',
    fault: 'an end before the beginning',
    file: FAQ,
    edit: replace(FAQ, 'validTo:', 'validFrom: 2026-12-31\nvalidTo: 2026-12-01'),
    at: 'validTo:',
  },
  {
    rule: 'wordings-overlap',
    fault: 'two wordings on one day',
    file: LAW,
    edit: replace(LAW, 'from: 2025-10-15', 'from: 2025-10-14'),
    at: '- { from: 2025-10-14',
  },
  {
    rule: 'stale-check',
    fault: 'a check of long ago',
    file: FAQ,
    severity: 'warning',
    edit: replace(FAQ, 'checkedOn: 2026-11-22', 'checkedOn: 2026-05-28'),
    at: 'checkedOn:',
  },
  {
    rule: 'checked-in-future',
    fault: 'a check of tomorrow',
    file: FAQ,
    edit: replace(FAQ, 'checkedOn: 2026-11-22', 'checkedOn: 2026-11-26'),
    at: 'checkedOn:',
  },
  // questions and answers
  {
    rule: 'same-question',
    fault: 'the same question elsewhere, without diacritics',
    file: 'faq/nd134-la-gi.md',
    edit: replace('faq/nd134-la-gi.md', 'questions:\n', 'questions:\n  - co so o phuong co duoc huong khong\n'),
    at: '- co so',
  },
  {
    rule: 'question-twice',
    fault: 'a question twice',
    file: FAQ,
    severity: 'warning',
    edit: replace(FAQ, 'questions:\n', 'questions:\n  - cơ sở ở phường có được hưởng không?\n'),
    at: '- Cơ sở',
  },
  {
    rule: 'answer-too-long',
    fault: 'an answer for no channel',
    file: FAQ,
    edit: add(FAQ, 'dài '.repeat(500)),
    at: 'Phường',
  },
  {
    rule: 'answer-long',
    fault: 'an answer to scroll',
    file: FAQ,
    severity: 'warning',
    edit: add(FAQ, 'dài '.repeat(250)),
    at: 'Phường',
  },
  {
    rule: 'text-long',
    fault: 'a long explanation',
    file: QUESTION,
    severity: 'warning',
    edit: replace(QUESTION, 'đan giỏ', 'đan giỏ '.repeat(100)),
    at: 'help:',
  },
  {
    rule: 'label-too-long',
    fault: 'a long label',
    file: QUESTION,
    edit: replace(QUESTION, 'label: Có }', `label: ${'Có '.repeat(40)} }`),
    at: 'value: yes',
  },
  {
    rule: 'long-id',
    fault: 'an id that may not fit a button',
    file: `faq/${'dai-'.repeat(12)}x.md`,
    severity: 'warning',
    edit: (files) => {
      files[`faq/${'dai-'.repeat(12)}x.md`] = files[FAQ] ?? '';
      delete files[FAQ];
    },
  },
  // provinces
  {
    rule: 'same-letters',
    fault: 'letters of another province',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', 'letters: TH', 'letters: HY'),
    at: 'letters:',
  },
  {
    rule: 'letters-reserved',
    fault: 'letters that mean «unknown»',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', 'letters: TH', 'letters: XX'),
    at: 'letters:',
  },
  {
    rule: 'former-twice',
    fault: 'a former province in two of today',
    file: 'provinces/thanh-hoa.yaml',
    edit: replace('provinces/thanh-hoa.yaml', '{ id: thanh-hoa,', '{ id: hung-yen,'),
    at: 'former:',
  },
  // texts
  {
    rule: 'missing-text',
    fault: 'a text that the program names',
    file: TEXTS,
    edit: (files) => {
      files[TEXTS] = 'title: Chào {{name}}\n';
      files['texts/en/hello.yaml'] = 'title: Hello {{name}}\n';
    },
  },
  {
    rule: 'missing-text',
    fault: 'an English text without its Vietnamese',
    severity: 'warning',
    file: 'texts/en/hello.yaml',
    edit: add('texts/en/hello.yaml', 'bacck: Back\n'),
    at: 'bacck',
    near: 'hello.back',
  },
  {
    rule: 'missing-translation',
    fault: 'a text without its English',
    file: TEXTS,
    severity: 'warning',
    edit: put('texts/en/hello.yaml', 'title: Hello {{name}}\n'),
    at: 'back:',
  },
  {
    rule: 'text-places-differ',
    fault: 'another place to fill',
    file: 'texts/en/hello.yaml',
    edit: replace('texts/en/hello.yaml', '{{name}}', '{{names}}'),
    at: 'title:',
  },
  {
    rule: 'unused-text',
    fault: 'a text that nobody names',
    file: TEXTS,
    severity: 'warning',
    edit: (files) => {
      add(TEXTS, 'old: Cũ\n')(files);
      add('texts/en/hello.yaml', 'old: Old\n')(files);
    },
    at: 'old:',
  },
  // examples
  {
    rule: 'example-fails',
    fault: 'an example that gets another verdict',
    file: PROGRAMME,
    edit: replace(PROGRAMME, 'verdict: likely', 'verdict: unlikely'),
    at: '  - name: Xưởng',
  },
];

const lineHolding = (text: string, at: string) => text.split('\n').findIndex((line) => line.includes(at)) + 1;

/** Rules that are shown elsewhere: an empty folder in `files.test.ts`. */
const SHOWN_ELSEWHERE = ['empty-folder'];

describe('content check', () => {
  it('has a mutation here for every rule that has words', async () => {
    const { check } = (await loadTexts(ownContentDir()))['vi'] as { check: object };
    const shown = new Set([...mutations.map(({ rule }) => rule), ...SHOWN_ELSEWHERE, 'did-you-mean']);
    expect(Object.keys(check).filter((rule) => !shown.has(rule))).toEqual([]);
  });

  it('finds nothing in a clean pack', async () => {
    expect(await issuesOf(smallPack())).toEqual([]);
  });

  it.each(mutations)('$rule: $fault', async ({ rule, file, edit, at, severity, near }) => {
    const files = smallPack();
    edit(files);
    const issues = await issuesOf(files);
    const line =
      at === undefined ? 1 : at === '' ? String(files[file]).split('\n').length : lineHolding(String(files[file]), at);
    expect(issues.map((issue) => `${issue.severity} ${issue.rule} ${issue.file}:${issue.line}`)).toEqual([
      `${severity ?? 'error'} ${rule} ${file}:${line}`,
    ]);
    const [issue] = issues;
    expect(issue?.message).not.toContain(rule); // it has words of its own
    if (near !== undefined) expect(issue?.hint).toContain(near);
  });
});
