/** Every command by its first word. A command's file is loaded only when it is called, so that each starts fast. */
import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  case: async () => (await import('./case.ts')).caseCommand,
  chat: async () => (await import('./chat.ts')).chat,
  content: async () => (await import('./content.ts')).content,
  db: async () => (await import('./db.ts')).db,
  doctor: async () => (await import('./doctor.ts')).doctor,
  eligibility: async () => (await import('./eligibility.ts')).eligibility,
  faq: async () => (await import('./faq.ts')).faq,
  law: async () => (await import('./law.ts')).law,
  outbox: async () => (await import('./outbox.ts')).outbox,
  person: async () => (await import('./person.ts')).person,
  staff: async () => (await import('./staff.ts')).staff,
  understand: async () => (await import('./understand.ts')).understand,
  zalo: async () => (await import('./zalo.ts')).zalo,
};
