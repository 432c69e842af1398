import { findTerraform } from '../../support/terraform/terraform.ts';
import { describeWrongValues } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const terraform = await findTerraform();
describeWrongValues(terraform, 'aws', 'production', Object.values(wrongValues).flat());
describeWrongValues(terraform, 'aws/bootstrap', undefined, wrongBootstrapValues);
