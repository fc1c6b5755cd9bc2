/// <reference types="chrome" />
/** What tests evaluate inside extension pages may name `chrome`; lint keeps it out of everything else. */
export {};
