export { EntraIdentity } from './entra-identity.ts';
export { readKeyVaultSecret } from './key-vault.ts';
