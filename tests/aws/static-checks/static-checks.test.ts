import { describeCode } from '../../support/terraform/code-suite.ts';

describeCode('aws', 150);
