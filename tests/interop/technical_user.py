"""Signs a user of the tool in with boto3, without AWS credentials. Usage: technical_user.py SETTINGS CLIENT"""

import base64
import hashlib
import hmac
import json
import os
import sys

import boto3
from botocore import UNSIGNED
from botocore.config import Config

with open(sys.argv[1], encoding="utf-8") as file:
    settings = json.load(file)["CognitoM2M"]["Clients"][sys.argv[2]]
# As configuration of .NET: an environment variable comes before the file.
for name in ("Username", "Password"):
    settings[name] = os.environ.get(f"CognitoM2M__Clients__{sys.argv[2]}__{name}", settings.get(name))

idp = boto3.client("cognito-idp", endpoint_url=settings["TokenEndpoint"].rstrip("/"), region_name="eu-west-1", config=Config(signature_version=UNSIGNED))


def sign_in(password):
    parameters = {"USERNAME": settings["Username"], "PASSWORD": password}
    if "ClientSecret" in settings:
        message = (settings["Username"] + settings["ClientId"]).encode()
        parameters["SECRET_HASH"] = base64.b64encode(hmac.new(settings["ClientSecret"].encode(), message, hashlib.sha256).digest()).decode()
    return idp.initiate_auth(ClientId=settings["ClientId"], AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)


answer = sign_in(settings["Password"])
user = idp.get_user(AccessToken=answer["AuthenticationResult"]["AccessToken"])
attributes = {attribute["Name"]: attribute["Value"] for attribute in user["UserAttributes"]}
if attributes["email"] != settings["Username"] or attributes["email_verified"] != "true":
    sys.exit(f"FAIL boto3 signs in another user than {settings['Username']}: {attributes}")
print(f"ok   boto3 signs in {'a temporary user' if settings['Username'].startswith('cognito-m2m-temp-') else settings['Username']} with the app client '{sys.argv[2]}'")

try:
    sign_in(settings["Password"] + "x")
    sys.exit("FAIL boto3 signs in with another password")
except idp.exceptions.NotAuthorizedException:
    print("ok   boto3 sees that another password is refused")
