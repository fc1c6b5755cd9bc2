import { OUTLOOK, testMatrix } from './fault-matrix.ts';

testMatrix(OUTLOOK);
