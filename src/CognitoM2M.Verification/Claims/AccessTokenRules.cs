namespace CognitoM2M.Verification.Claims;

/// <summary>The rules for access tokens: who may call, and with which scopes.</summary>
internal sealed class AccessTokenRules(CognitoAccessTokenVerifierOptions options) : ClaimRules<CognitoAccessTokenClaims>(options, options.Checks)
{
    private readonly AcceptedCallers _callers = options.AcceptedCallers;
    private readonly string[] _allOfScopes = [.. options.AllOfScopes];
    private readonly string[] _anyOfScopes = [.. options.AnyOfScopes];

    private protected override TokenRejection? CheckKind(CognitoAccessTokenClaims claims, IdTokenBinding? binding) =>
        CheckCaller(claims)
        ?? CheckTexts(claims, _allOfScopes, _anyOfScopes, claims.Scopes, static (one, scope) => one.HasScope(scope), TokenRejectionReason.ScopeMissing, "scope");

    private TokenRejection? CheckCaller(CognitoAccessTokenClaims claims)
    {
        var isAccepted = _callers switch
        {
            AcceptedCallers.MachinesAndUsers => true,
            AcceptedCallers.Machines => claims.IsMachine,
            AcceptedCallers.Users => claims.IsUser,
            _ => false,
        };
        return isAccepted
            ? null
            : Reject(claims, TokenRejectionReason.CallerNotAllowed, $"the token of a {(_callers is AcceptedCallers.Machines ? "machine" : "user")}", Describe(claims));
    }

    private static string Describe(CognitoAccessTokenClaims claims) =>
        claims.IsMachine ? "the token of a machine"
        : claims.IsUser ? "the token of a user"
        : "a token that is neither clearly of a machine nor clearly of a user";
}
