import { OUTLOOK_WITH_DRAFTS, testMatrix } from './fault-matrix.ts';

testMatrix(OUTLOOK_WITH_DRAFTS);
