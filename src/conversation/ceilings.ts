/** What support may amount to, for the kinds that the owner wants: dated, sourced, and never a figure that was not seen. */
import type { Block } from '../content/index.ts';
import type { State } from './state.ts';
import { type Scene, named, para } from './step.ts';

export function ceilingBlocks(_state: State, _scene: Scene): readonly Block[] {
  return [para(named('ceilings.none'))];
}
