export { createTexts, SOURCE_LANGUAGE, type Texts } from './texts.ts';
export { renderMessage, type RenderedWords, type RenderInto } from './render.ts';
