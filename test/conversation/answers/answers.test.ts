import { describe, expect, test } from 'vitest';
import { asDay, questionId } from '../../../src/base/index.ts';
import type { AskKind, Question, QuestionChoice } from '../../../src/content/index.ts';
import { readAnswer } from '../../../src/conversation/answers/read.ts';
import { MOST_LETTERS } from '../../../src/conversation/answers/free-text.ts';
import { cases, places, words } from '../../language/support.ts';

const question = (kind: AskKind, choices: readonly QuestionChoice[] = [], optional = false): Question => ({
  id: questionId('sample'),
  kind,
  wording: '',
  label: '',
  help: '',
  why: '',
  cites: [],
  choices,
  optional,
  personal: false,
});

const context = { words, places, today: asDay('2026-11-25') };

function answer(asked: Question, text: string): string {
  const heard = readAnswer(asked, text, context);
  if (!heard.understood) return `✗ ${heard.why}`;
  return typeof heard.value === 'object' ? JSON.stringify(heard.value) : String(heard.value);
}

const legalForm = question('choice', [
  { value: 'ho-kinh-doanh', label: 'Hộ kinh doanh', also: ['hộ kd', 'hkd', 'hộ cá thể', 'hộ'] },
  { value: 'hop-tac-xa', label: 'Hợp tác xã', also: ['htx'] },
  { value: 'to-hop-tac', label: 'Tổ hợp tác', also: ['tht', 'tổ hợp'] },
  { value: 'doanh-nghiep', label: 'Doanh nghiệp, công ty', also: ['doanh nghiệp', 'công ty', 'dn', 'cty', 'tnhh'] },
  { value: 'lien-hiep-hop-tac-xa', label: 'Liên hiệp hợp tác xã', also: ['liên hiệp htx'] },
  { value: 'chua-dang-ky', label: 'Chưa đăng ký', also: ['chưa có giấy', 'không đăng ký'] },
  { value: 'khac', label: 'Loại khác', also: ['khác'] },
]);

describe('one choice', () => {
  test.each(
    cases(`
    1 => ho-kinh-doanh
    7 => khac
    8 => ✗ no-such-number
    0 => ✗ no-such-number
    một => ho-kinh-doanh
    số 2 => hop-tac-xa
    so 2 => hop-tac-xa
    câu 1 => ho-kinh-doanh
    cái đầu tiên => ho-kinh-doanh
    cái cuối => khac
    dạ số 3 ạ => to-hop-tac
    2. => hop-tac-xa
    (4) => doanh-nghiep
    hộ kinh doanh => ho-kinh-doanh
    ho kd => ho-kinh-doanh
    HỘ KINH DOANH => ho-kinh-doanh
    ho-kinh-doanh => ho-kinh-doanh
    bên em là hộ kinh doanh cá thể => ho-kinh-doanh
    ben em la ho kinh doanh ca the => ho-kinh-doanh
    htx => hop-tac-xa
    hợp tác xã => hop-tac-xa
    hop tac xa a => hop-tac-xa
    hợp tác xã ạ => hop-tac-xa
    liên hiệp hợp tác xã => lien-hiep-hop-tac-xa
    công ty tnhh => doanh-nghiep
    cty tnhh may mac => doanh-nghiep
    doanh nghiêp => doanh-nghiep
    doanh nghiepj => doanh-nghiep
    doanh nghiep => doanh-nghiep
    daonh nghiệp => doanh-nghiep
    chưa đăng ký => chua-dang-ky
    chua dang ki => chua-dang-ky
    không đăng ký => chua-dang-ky
    khác => khac
    không phải hộ kinh doanh => ✗ negated
    hộ kinh doanh hay hợp tác xã => ✗ two-choices
    hộ kinh doanh là gì? => ✗ question
    không biết => ✗ no-choice
    trời đẹp => ✗ no-choice
    ... => ✗ empty
    `),
  )('«%s» is %s', (text, expected) => {
    expect(answer(legalForm, text)).toBe(expected);
  });
});

const produces = question('choice', [
  { value: 'yes', label: 'Có, tự sản xuất', also: ['có', 'tự làm', 'tự sản xuất', 'gia công'] },
  { value: 'no', label: 'Không', also: ['chỉ buôn bán', 'mua đi bán lại', 'chỉ bán'] },
  { value: 'unsure', label: 'Không rõ', also: ['chưa rõ', 'không biết'] },
]);
const bought = question('choice', [
  { value: 'no', label: 'Chưa', also: ['không', 'chưa mua'] },
  { value: 'yes', label: 'Rồi', also: ['đã mua', 'mua rồi', 'có'] },
  { value: 'unsure', label: 'Không rõ', also: ['không biết'] },
]);

describe('a choice of yes and no', () => {
  test.each(
    cases(`
    1 => yes
    2 => no
    tu lam => yes
    có => yes
    có, tự làm => yes
    dạ có tự sản xuất => yes
    không => no
    không, chỉ buôn bán thôi => no
    mua đi bán lại => no
    không tự làm => no
    ko => no
    không biết => unsure
    ko ro => unsure
    có không? => ✗ question
    `),
  )('«%s» is %s', (text, expected) => {
    expect(answer(produces, text)).toBe(expected);
  });

  test.each(
    cases(`
    1 => no
    2 => yes
    chưa => no
    rồi => yes
    mua rồi => yes
    đã mua rồi ạ => yes
    chưa mua => no
    không => no
    `),
  )('where no comes first, «%s» is %s', (text, expected) => {
    expect(answer(bought, text)).toBe(expected);
  });
});

const supports: readonly QuestionChoice[] = [
  { value: 'may-moc', label: 'Mua máy móc, thiết bị', also: ['máy móc', 'mua máy', 'máy'] },
  { value: 'dao-tao-nghe', label: 'Dạy nghề, truyền nghề', also: ['đào tạo', 'dạy nghề'] },
  { value: 'nhan-hieu-thiet-ke', label: 'Nhãn hiệu, mẫu mã, bao bì', also: ['nhãn hiệu', 'bao bì'] },
];

describe('several choices', () => {
  test.each(
    cases(`
    1, 3 => ["may-moc","nhan-hieu-thiet-ke"]
    1,3 => ["may-moc","nhan-hieu-thiet-ke"]
    1 va 3 => ["may-moc","nhan-hieu-thiet-ke"]
    1 3 => ["may-moc","nhan-hieu-thiet-ke"]
    số 1 và số 2 ạ => ["may-moc","dao-tao-nghe"]
    1 và 1 => ["may-moc"]
    1 => ["may-moc"]
    1, 4 => ✗ no-such-number
    1-3 => ✗ no-choice
    1, 3 xong => ["may-moc","nhan-hieu-thiet-ke"]
    máy móc và nhãn hiệu => ["may-moc","nhan-hieu-thiet-ke"]
    may moc, day nghe => ["may-moc","dao-tao-nghe"]
    mua máy => ["may-moc"]
    xong => ["done"]
    xong rồi => ["done"]
    tất cả => ["may-moc","dao-tao-nghe","nhan-hieu-thiet-ke"]
    không phải máy móc => ✗ negated
    trời đẹp => ✗ no-choice
    `),
  )('«%s» are %s', (text, expected) => {
    expect(answer(question('multi-choice', supports), text)).toBe(expected);
  });

  test('«không» ends only a question that may be skipped', () => {
    expect(answer(question('multi-choice', supports, true), 'không có')).toBe('["done"]');
    expect(answer(question('multi-choice', supports), 'không có')).toBe('✗ no-choice');
  });
});

describe('an answer in own words', () => {
  test.each([
    ['  Hộ KD   bún khô cô Lan ', 'Hộ KD bún khô cô Lan'],
    ['Bu\u0301n', 'Bún'],
    ['a\u200bb\u0007', 'a b'],
    ['   ', '✗ empty'],
    ['?!…', '✗ empty'],
    ['x'.repeat(MOST_LETTERS + 1), '✗ too-long'],
  ])('%j is %j', (text, expected) => {
    expect(answer(question('text'), text)).toBe(expected);
  });
});

describe('other kinds', () => {
  test('are read by the readers of their values', () => {
    expect(answer(question('money'), '500tr')).toBe('500000000');
    expect(answer(question('number'), '7 người')).toBe('7');
    expect(answer(question('phone'), '0912 345 678')).toBe('+84912345678');
    expect(answer(question('tax-code'), '0100109106')).toBe('0100109106');
    expect(answer(question('date'), 'tháng 3')).toBe('2027-03');
    expect(answer(question('file'), 'đây')).toBe('✗ send-file');
  });

  test('a place comes as plain JSON with its former province', () => {
    const heard = readAnswer(question('place'), 'phường Bến Cát, Bình Dương', context);
    expect(heard).toMatchObject({
      understood: true,
      sure: true,
      value: { province: 'ho-chi-minh', unitType: 'phuong', unit: 'Phường Bến Cát', formerProvince: 'binh-duong' },
    });
  });

  test('a bare price under a thousand offers what it may mean', () => {
    const heard = readAnswer(question('money'), '2 tram rưỡi', context);
    expect(heard).toEqual({ understood: false, why: 'no-unit', candidates: [250_000_000] });
  });
});
