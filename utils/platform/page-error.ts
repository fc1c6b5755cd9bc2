/** Why a page could not be read. */
export type PageSilence =
  /** One that no extension may read: the browser's own, the web store's, a viewer of files, an error page. */
  | 'not-allowed'
  /** The tab or its page went away, or became another, while it was read. */
  | 'gone'
  /** The browser did not find our own script. */
  | 'no-script'
  /** The page was too busy to answer in time, or stands still in a dialogue. */
  | 'no-answer'
  /** The browser gave another reason. */
  | 'refused'
  /** Our script failed in the page: the name of its error and where in the script. */
  | `failed: ${string}`
  /** What came from the page is nothing that our script says: the path of what is wrong in it. */
  | `not-understood: ${string}`;

/** A page that was not read. `code` is fit for the log: nothing of the page, nor its address, is in it. */
export class PageError extends Error {
  override readonly name = 'PageError';
  readonly code: PageSilence;

  constructor(code: PageSilence, options?: ErrorOptions) {
    super('the page was not read', options);
    this.code = code;
  }
}

/**
 * What our script in the page answers. A promise that rejects there would arrive in Chrome as a result of
 * null, with no reason.
 */
export type PageAnswer =
  | { readonly kind: 'found'; readonly found: unknown }
  /** `name` of the error, and `at`: line and column of our own script. */
  | { readonly kind: 'failed'; readonly name: string; readonly at: string };
