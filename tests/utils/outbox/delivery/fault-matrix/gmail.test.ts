import { GMAIL, testMatrix } from './fault-matrix.ts';

testMatrix(GMAIL);
