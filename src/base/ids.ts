/** Branded ids: a string of one kind cannot stand where another kind is meant. Each is made only by its constructor here. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ConversationId = Branded<'ConversationId'>;
export type CaseId = Branded<'CaseId'>;
export type StaffId = Branded<'StaffId'>;
export type FileId = Branded<'FileId'>;
export type ProvinceCode = Branded<'ProvinceCode'>;
export type ProgrammeId = Branded<'ProgrammeId'>;
export type LegalId = Branded<'LegalId'>;
export type QuestionId = Branded<'QuestionId'>;
export type FaqId = Branded<'FaqId'>;

export const conversationId = (text: string) => text as ConversationId;
export const caseId = (text: string) => text as CaseId;
export const staffId = (text: string) => text as StaffId;
export const fileId = (text: string) => text as FileId;
export const provinceCode = (text: string) => text as ProvinceCode;
export const programmeId = (text: string) => text as ProgrammeId;
export const legalId = (text: string) => text as LegalId;
export const questionId = (text: string) => text as QuestionId;
export const faqId = (text: string) => text as FaqId;
