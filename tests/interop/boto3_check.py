"""Uses boto3: management, users and sign-in. Usage: boto3_check.py BASE_URL"""

import base64
import datetime
import hashlib
import hmac
import json
import sys
import urllib.parse
import urllib.request
import uuid

import boto3
from botocore.config import Config

base = sys.argv[1].rstrip("/")
idp = boto3.client(
    "cognito-idp",
    endpoint_url=base,
    region_name="eu-west-1",
    aws_access_key_id="emulator",
    aws_secret_access_key="emulator",
    config=Config(retries={"max_attempts": 1}),
)


def check(name, condition, seen=None):
    if not condition:
        sys.exit(f"FAIL {name}: {seen!r}")
    print(f"ok   {name}")


def equal(name, expected, seen):
    check(name, expected == seen, seen)


def refused(name, error, call, **arguments):
    """Expects an error that boto3's model knows, so that boto3 raises its own exception class for it."""
    try:
        call(**arguments)
    except getattr(idp.exceptions, error) as refusal:
        check(name, refusal.response["Error"]["Code"] == error and refusal.response["Error"]["Message"], refusal.response)
        return refusal.response["Error"]["Message"]
    sys.exit(f"FAIL {name}: not refused")


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def token(client, **parameters):
    body = urllib.parse.urlencode({"grant_type": "client_credentials", **parameters}).encode()
    basic = base64.b64encode(f"{client['ClientId']}:{client['ClientSecret']}".encode()).decode()
    request = urllib.request.Request(f"{base}/oauth2/token", body, {"Authorization": f"Basic {basic}"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)["access_token"]


pool = idp.create_user_pool(
    PoolName="boto3",
    Policies={"PasswordPolicy": {"MinimumLength": 12, "RequireNumbers": True}},
    AccountRecoverySetting={"RecoveryMechanisms": [{"Priority": 1, "Name": "admin_only"}]},
    Schema=[{"Name": "tenant", "AttributeDataType": "String", "Mutable": False}],
)["UserPool"]
pool_id = pool["Id"]
check("timestamps are parsed as dates", isinstance(pool["CreationDate"], datetime.datetime), pool["CreationDate"])
described = idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]
equal("settings can be read again", 12, described["Policies"]["PasswordPolicy"]["MinimumLength"])
equal("account recovery can be read again", "admin_only", described["AccountRecoverySetting"]["RecoveryMechanisms"][0]["Name"])
check("the schema has the custom attribute", "custom:tenant" in [a["Name"] for a in described["SchemaAttributes"]], described)
equal("multi-factor settings can be read", "OFF", idp.get_user_pool_mfa_config(UserPoolId=pool_id)["MfaConfiguration"])
idp.set_user_pool_mfa_config(UserPoolId=pool_id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
equal("multi-factor settings can be set", "OPTIONAL", idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["MfaConfiguration"])

for i in range(3):
    idp.create_resource_server(
        UserPoolId=pool_id,
        Identifier=f"https://api.example.com/{i}",
        Name=f"API {i}",
        Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
    )
pages = idp.get_paginator("list_resource_servers").paginate(UserPoolId=pool_id, PaginationConfig={"PageSize": 2})
equal("resource servers are paged", 3, sum(len(page["ResourceServers"]) for page in pages))
refused("a page token is checked", "InvalidParameterException", idp.list_user_pools, MaxResults=1, NextToken="made-up")

message = refused(
    "client_credentials needs a secret",
    "InvalidOAuthFlowException",
    idp.create_user_pool_client,
    UserPoolId=pool_id,
    ClientName="public",
    AllowedOAuthFlows=["client_credentials"],
)
equal("the message is the message of the service", "client_credentials flow can not be selected if client does not have a client secret.", message)
m2m = idp.create_user_pool_client(
    UserPoolId=pool_id,
    ClientName="m2m",
    GenerateSecret=True,
    AllowedOAuthFlowsUserPoolClient=True,
    AllowedOAuthFlows=["client_credentials"],
    AllowedOAuthScopes=["https://api.example.com/0/read"],
)["UserPoolClient"]
equal("a token is issued", "https://api.example.com/0/read", claims(token(m2m))["scope"])

# Some distributions have a boto3 that is older than secret rotation.
if hasattr(idp, "add_user_pool_client_secret"):
    secret = idp.add_user_pool_client_secret(UserPoolId=pool_id, ClientId=m2m["ClientId"])["ClientSecretDescriptor"]
    check("the second secret works", token({**m2m, "ClientSecret": secret["ClientSecretValue"]}))
    check("the first secret still works", token(m2m))
    secrets = idp.list_user_pool_client_secrets(UserPoolId=pool_id, ClientId=m2m["ClientId"])["ClientSecrets"]
    equal("there are two secrets", 2, len(secrets))
    refused("a third secret is refused", "LimitExceededException", idp.add_user_pool_client_secret, UserPoolId=pool_id, ClientId=m2m["ClientId"])
    idp.delete_user_pool_client_secret(UserPoolId=pool_id, ClientId=m2m["ClientId"], ClientSecretId=secrets[0]["ClientSecretId"])
    described = idp.describe_user_pool_client(UserPoolId=pool_id, ClientId=m2m["ClientId"])["UserPoolClient"]
    check("the description does not show a secret that was added later", "ClientSecret" not in described)
else:
    print("skip secret rotation: this boto3 is too old for it")

domain = f"boto3-{uuid.uuid4().hex[:12]}"
idp.create_user_pool_domain(UserPoolId=pool_id, Domain=domain)
equal("a domain is described", pool_id, idp.describe_user_pool_domain(Domain=domain)["DomainDescription"]["UserPoolId"])
message = refused(
    "a prefix domain has no certificate",
    "InvalidParameterException",
    idp.update_user_pool_domain,
    UserPoolId=pool_id,
    Domain=domain,
    CustomDomainConfig={"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0000"},
)
equal("a pool shows its domain", domain, idp.describe_user_pool(UserPoolId=pool_id)["UserPool"]["Domain"])
refused("a pool with a domain cannot be deleted", "InvalidParameterException", idp.delete_user_pool, UserPoolId=pool_id)

login = idp.create_user_pool_client(
    UserPoolId=pool_id,
    ClientName="login",
    GenerateSecret=True,
    ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
)["UserPoolClient"]


def secret_hash(username):
    digest = hmac.new(login["ClientSecret"].encode(), (username + login["ClientId"]).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def sign_in(password):
    return idp.initiate_auth(
        ClientId=login["ClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "robot", "PASSWORD": password, "SECRET_HASH": secret_hash("robot")},
    )


idp.admin_create_user(UserPoolId=pool_id, Username="robot", TemporaryPassword="temporary-12", MessageAction="SUPPRESS")
challenge = sign_in("temporary-12")
equal("a temporary password has to be changed", "NEW_PASSWORD_REQUIRED", challenge["ChallengeName"])
refused("a weak password is refused", "InvalidPasswordException", idp.admin_set_user_password,
        UserPoolId=pool_id, Username="robot", Password="short1", Permanent=True)
idp.respond_to_auth_challenge(
    ClientId=login["ClientId"],
    ChallengeName="NEW_PASSWORD_REQUIRED",
    Session=challenge["Session"],
    ChallengeResponses={"USERNAME": "robot", "NEW_PASSWORD": "permanent-34", "SECRET_HASH": secret_hash("robot")},
)
tokens = sign_in("permanent-34")["AuthenticationResult"]
equal("a user's token holds the username", "robot", claims(tokens["AccessToken"])["username"])
equal("an id token is for the app client", login["ClientId"], claims(tokens["IdToken"])["aud"])
equal("a user's token identifies the user", "robot", idp.get_user(AccessToken=tokens["AccessToken"])["Username"])
refreshed = idp.initiate_auth(
    ClientId=login["ClientId"],
    AuthFlow="REFRESH_TOKEN_AUTH",
    AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"], "SECRET_HASH": secret_hash("robot")},
)["AuthenticationResult"]
check("a refresh returns no new refresh token", "RefreshToken" not in refreshed, list(refreshed))
refused("a wrong password is refused", "NotAuthorizedException", sign_in, password="nonsense-56")
idp.admin_delete_user(UserPoolId=pool_id, Username="robot")
refused("a deleted user does not exist", "UserNotFoundException", idp.admin_get_user, UserPoolId=pool_id, Username="robot")

idp.delete_user_pool_domain(UserPoolId=pool_id, Domain=domain)
idp.delete_user_pool(UserPoolId=pool_id)
refused("a deleted pool does not exist", "ResourceNotFoundException", idp.describe_user_pool, UserPoolId=pool_id)
