import { describeCode } from '../../support/terraform/code-suite.ts';

describeCode('azure', 90);
