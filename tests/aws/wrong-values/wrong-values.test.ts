import { findTerraform } from '../../support/terraform/terraform.ts';
import { describeVariables } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const values = { main: Object.values(wrongValues).flat(), bootstrap: wrongBootstrapValues };

describeVariables('aws', await findTerraform(), values, [
  ['environment', null, 'may not be set to null'],
  ['ml_service_cpu', 'two', 'a number is required'],
  ['public_subnet_cidrs', '10.0.1.0/24', 'list of string required'],
  ['service_replicas', { minimum: 1 }, 'attribute "maximum" is required'],
  ['db_multi_az', 'perhaps', 'a bool is required'],
]);
