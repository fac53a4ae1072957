"""What botocore makes of the requests on standard input; the first argument says which question is asked."""
import base64
import datetime
import json
import sys

import botocore.auth
import botocore.session
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def sign(asked):
    """The headers of a signed request."""
    botocore.auth.get_current_datetime = lambda *_, **__: datetime.datetime.fromisoformat(asked["Time"])
    request = AWSRequest("POST", asked["Url"], headers=asked["Headers"], data=base64.b64decode(asked["Body"]))
    keys = Credentials(asked["AccessKey"], asked["Secret"], asked["Token"])
    botocore.auth.SigV4Auth(keys, asked["Service"], asked["Region"]).add_auth(request)
    return dict(request.headers.items())


def form(asked):
    """The fields of a request in the Query protocol."""
    model = botocore.session.get_session().get_service_model(asked["Service"])
    operation = model.operation_model(asked["Action"])
    made = botocore.serialize.create_serializer("query").serialize_to_request(asked["Parameters"], operation)
    return {name: str(value) for name, value in made["body"].items()}


def hosts(asked):
    """The hosts of a service by region, in all partitions."""
    session = botocore.session.get_session()
    regions = [region for partition in session.get_available_partitions() for region in session.get_available_regions("ec2", partition)]
    return {
        region: session.create_client(asked, region_name=region, aws_access_key_id="a", aws_secret_access_key="b").meta.endpoint_url
        for region in regions
    }


questions = {"sign": sign, "form": form, "hosts": hosts}
json.dump([questions[sys.argv[1]](asked) for asked in json.load(sys.stdin)], sys.stdout)
