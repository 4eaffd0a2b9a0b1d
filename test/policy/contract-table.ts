/**
 * The table of verdicts written a second time, by hand and without the content files, so that the rules in `content/`
 * and the engine that reads them can be held against it. Complete facts only.
 */
import type { Facts } from '../../src/policy/index.ts';

export type Verdict = 'likely' | 'review' | 'unlikely';
type Rank = 0 | 1 | 2;
const names: readonly Verdict[] = ['unlikely', 'review', 'likely'];

const CITIES = ['ha-noi', 'hue', 'hai-phong', 'da-nang', 'ho-chi-minh', 'can-tho'];
const isCity = (province: unknown, on: string) =>
  CITIES.includes(String(province)) || (province === 'dong-nai' && on >= '2026-04-30');

const worst = (...ranks: readonly Rank[]): Rank => Math.min(...ranks) as Rank;
const best = (...ranks: readonly Rank[]): Rank => Math.max(...ranks) as Rank;
const review = (met: boolean): Rank => (met ? 2 : 1);

function gate(facts: Facts): Rank {
  if (facts.producesIndustrially === 'no') return 0;
  if (facts.sector === 'thuong-mai-dich-vu' || facts.sector === 'trong-trot-chan-nuoi') return 0;
  return facts.producesIndustrially === 'yes' ? 2 : 1;
}

function legalForm({ legalForm: form }: Facts, on: string): Rank {
  const named = ['doanh-nghiep', 'hop-tac-xa', 'ho-kinh-doanh'];
  if (on >= '2012-07-05') named.push('to-hop-tac');
  if (on >= '2025-10-15') named.push('lien-hiep-hop-tac-xa', 'nghe-nhan');
  return review(named.includes(String(form)));
}

function size(facts: Facts, on: string): Rank {
  if (facts.legalForm !== 'doanh-nghiep') return 2;
  if (on < '2021-10-15') return 1;
  const money = Number(facts.annualRevenue) <= 200e9 || Number(facts.totalCapital) <= 100e9;
  return review(Number(facts.workers) <= 100 && money);
}

function sector(facts: Facts, on: string): Rank {
  if (on < '2012-07-05') return 1;
  if (facts.sector === 'khai-khoang') return review((facts.priority as readonly string[]).includes('dia-ban-kho-khan'));
  if (facts.sector === 'cong-nghe-cao-xanh') return review(on >= '2025-10-15');
  return review(facts.sector !== 'khac' && facts.sector !== 'unsure');
}

function area({ unitType, districtType, province, craftVillage }: Facts, on: string): Rank {
  if (on >= '2025-10-15') {
    return review(!isCity(province, on) || unitType === 'xa' || unitType === 'dac-khu' || craftVillage === 'yes');
  }
  if (unitType === 'xa' || unitType === 'thi-tran') return 2;
  return review(on < '2025-07-01' && unitType === 'phuong' && districtType === 'thi-xa');
}

/** What the contract says of complete facts on a day. */
export function verdictByTable(facts: Facts, on: string): Verdict {
  if (on < '2004-06-09') return 'review';
  const cautious = review(
    (facts.alreadyBought ?? 'no') === 'no' &&
      (facts.fundedBefore ?? 'no') === 'no' &&
      (facts.counterpartReady ?? 'yes') === 'yes',
  );
  const establishment = worst(legalForm(facts, on), size(facts, on), sector(facts, on), area(facts, on));
  const cleaner: Rank = facts.cleanerProduction === 'yes' ? 2 : facts.cleanerProduction === 'no' ? 0 : 1;
  const cleanerRoute = on >= '2012-07-05' ? worst(legalForm(facts, on), cleaner) : 0;
  const cluster = on >= '2025-10-15' && facts.legalForm === 'chu-dau-tu-cum-cong-nghiep' ? 2 : 0;
  return names[worst(gate(facts), cautious, best(establishment, cleanerRoute, cluster))] as Verdict;
}
