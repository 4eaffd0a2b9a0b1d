/** Brings a stored state to the version of this program: one step per version, each with its reason. */
import type { Instant } from '../base/index.ts';
import { STATE_VERSION, type State, newState } from './state.ts';

/** A state of this version is taken as it is; gaps of an older one are filled from a new state. */
export function migrate(stored: State, now: Instant): State {
  if (stored.version === STATE_VERSION) return stored;
  return { ...newState(now), ...(stored as Partial<State>), version: STATE_VERSION };
}
