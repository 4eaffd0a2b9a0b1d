/** The facts of a case (contract, section 6). An absent key is «not asked yet». */
export const factKeys = [
  'producesIndustrially',
  'legalForm',
  'workers',
  'annualRevenue',
  'totalCapital',
  'province',
  'formerProvince',
  'unitType',
  'districtType',
  'craftVillage',
  'sector',
  'cleanerProduction',
  'supportWanted',
  'fundedBefore',
  'counterpartReady',
  'alreadyBought',
  'priority',
] as const;

export type FactKey = (typeof factKeys)[number];
export type FactValue = string | number | readonly string[];
export type Facts = Readonly<Partial<Record<FactKey, FactValue>>>;
