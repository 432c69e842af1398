import { findTerraform } from '../../support/terraform/terraform.ts';
import { describeWrongValues } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const terraform = await findTerraform();
describeWrongValues(terraform, 'azure', 'production', Object.values(wrongValues).flat());
describeWrongValues(terraform, 'azure/bootstrap', undefined, wrongBootstrapValues);
