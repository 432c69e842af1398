"""ACM: a certificate has a key of the kind that was asked for, and says so."""

from moto.acm.models import CertBundle, acm_backends
from moto.acm.responses import AWSCertificateManagerResponse

from extension import method_of

original_request = AWSCertificateManagerResponse.request_certificate
original_describe = CertBundle.describe


# moto makes every certificate with an RSA key of 2048 bits; its holder sees nothing of the key but the name of its
# kind.
@method_of(AWSCertificateManagerResponse)
def request_certificate(self):
    answer = original_request(self)
    certificate = acm_backends[self.current_account][self.region]._certificates[answer.result["CertificateArn"]]
    certificate.key_kind = self._get_param("KeyAlgorithm") or "RSA_2048"
    return answer


@method_of(CertBundle)
def describe(self):
    told = original_describe(self)
    told["Certificate"]["KeyAlgorithm"] = getattr(self, "key_kind", told["Certificate"]["KeyAlgorithm"])
    return told
