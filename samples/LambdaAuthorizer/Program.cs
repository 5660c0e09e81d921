using CognitoM2M.Lambda;
using CognitoM2M.Verification;
using LambdaAuthorizer;

// A Lambda authorizer on the custom runtime (provided.al2023), for REST APIs and HTTP APIs. Environment variables name the user pool and the app
// clients that may call.
using var log = new StandardOutputLog();
using var runtime = RuntimeApi.CreateFromEnvironment();

CognitoAccessTokenVerifier verifier;
ApiGatewayAuthorizer authorizer;
try
{
    // One verifier for the whole life of the process: it keeps the keys and the verified tokens.
    verifier = new CognitoAccessTokenVerifier(Settings.ReadVerifierOptions(), log);
    authorizer = new ApiGatewayAuthorizer(verifier, Settings.CreateRoutes(), Settings.ReadAuthorizerOptions(), log);
}
catch (Exception e)
{
    await runtime.ReportInitErrorAsync(e);
    return 1;
}

using (verifier)
{
    // While the function starts, the processor is at full speed. If the keys cannot be loaded, the first request tries again.
    await verifier.LoadKeysAsync();
    await runtime.RunAsync(authorizer.AuthorizeAsync);
    return 0;
}
