/** Yes, no or unsure, to a question of the conversation itself. */
export { readYesNo, type YesNo } from '../../language/index.ts';
