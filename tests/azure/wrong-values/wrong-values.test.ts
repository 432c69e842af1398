import { findTerraform } from '../../support/terraform/terraform.ts';
import { describeVariables } from '../../support/terraform/wrong-values.ts';
import { wrongBootstrapValues, wrongValues } from './wrong-values.ts';

const values = { main: Object.values(wrongValues).flat(), bootstrap: wrongBootstrapValues };

describeVariables('azure', await findTerraform(), values, [
  ['environment', null, 'may not be set to null'],
  ['sql_database_max_size_gb', 'much', 'a number is required'],
  ['operator_cidrs', '203.0.113.0/24', 'list of string required'],
  ['aks_nodes', { minimum: 1 }, 'attribute "maximum" is required'],
  ['sql_failover_group', 'perhaps', 'a bool is required'],
]);
