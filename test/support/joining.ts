/** Owners of the web chat who have something to take along, and the code that «nối kênh» gives them. */
import { caseCodeIn, ChatClient, type SeenMessage } from './chat-client.ts';
import { noodleMaker } from './journey.ts';
import type { RunningService } from './running-service.ts';

export const textOf = (said: readonly SeenMessage[]): string => said.map(({ text }) => text).join('\n');

/** The code that «nối kênh» answers with. */
export async function codeFor(client: ChatClient): Promise<string> {
  const code = /nối kênh (\d{4} \d{4})/.exec(textOf(await client.say('nối kênh')))?.[1];
  if (code === undefined) throw new Error(`No code: ${client.last.text}`);
  return code;
}

/** A registration up to the phone number. */
export async function withDraft(service: RunningService): Promise<ChatClient> {
  const client = await ChatClient.open(service.base);
  await client.follow(noodleMaker, (said) => said.some(({ ask }) => ask?.id === 'products'));
  return client;
}

export async function withCase(
  service: RunningService,
): Promise<{ readonly client: ChatClient; readonly code: string }> {
  const client = await ChatClient.open(service.base);
  const said = await client.follow(noodleMaker, (messages) => caseCodeIn(messages) !== null);
  return { client, code: caseCodeIn(said) ?? '' };
}
