using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Tests.Support;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>A token that breaks several rules is rejected for the one that tells most: who calls, then with which scopes, then in which groups.</summary>
public sealed class RuleOrderTests
{
    private static readonly VerdictCase _user = new("order: a user", TokenTemplate.User.Valid, Reason: null);

    private static readonly Dictionary<TokenRejectionReason, VerdictCase> _cases = new()
    {
        [Expired] = _user with { Later = TimeSpan.FromHours(1), AcceptedCallers = AcceptedCallers.Machines, AllOfScopes = ["a/b"], AllOfGroups = ["owners"] },
        [CallerNotAllowed] = _user with { AcceptedCallers = AcceptedCallers.Machines, AllOfScopes = ["a/b"], AllOfGroups = ["owners"] },
        [ScopeMissing] = _user with { AllOfScopes = ["a/b"], AllOfGroups = ["owners"] },
        [GroupMissing] = _user with { AllOfGroups = ["owners"] },
        [NonceNotValid] = _user with { IsIdToken = true, Token = TokenTemplate.IdToken.Valid, Binding = new IdTokenBinding { Nonce = "other", AccessToken = "other" } },
        [AccessTokenHashNotValid] = _user with { IsIdToken = true, Token = TokenTemplate.IdToken.Valid, Binding = new IdTokenBinding { AccessToken = "other" }, AllOfGroups = ["owners"] },
    };

    public static TheoryData<TokenRejectionReason> Reasons { get; } = [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task First_broken_rule_is_the_reason(TokenRejectionReason reason)
    {
        using var verifier = new CaseVerifier(_cases[reason]);

        Assert.Equal(reason, (await verifier.VerifyAsync(_cases[reason].Token)).Rejection?.Reason);
    }

    [Fact]
    public async Task Checks_of_the_application_run_last()
    {
        using var setup = new VerifierSetup(options =>
        {
            options.AllOfGroups = ["owners"];
            options.Checks = [_ => "The tenant is closed."];
        });

        Assert.Equal(GroupMissing, await setup.VerifyAsync(TestToken.Valid));
    }

    [Fact]
    public async Task Check_of_the_application_gives_the_words_of_its_rejection()
    {
        using var setup = new VerifierSetup(options => options.Checks = [_ => "The tenant is closed."]);

        var rejection = (await setup.Verifier.VerifyAsync(TestToken.Valid)).Rejection!;

        Assert.Equal(
            (CheckFailed, "a token that passes the checks of this application", "'The tenant is closed.'", TestToken.ClientId),
            (rejection.Reason, rejection.Expected, rejection.Actual, rejection.ClientId));
    }

    [Fact]
    public async Task Rejection_names_the_app_client_of_a_verified_token()
    {
        using var setup = new VerifierSetup();

        var rejection = (await setup.Verifier.VerifyAsync(TestToken.Create(TestToken.Payload.WithText("client_id", TestToken.OtherClientId)))).Rejection!;

        Assert.Equal((ClientNotAllowed, TestToken.OtherClientId), (rejection.Reason, rejection.ClientId));
    }
}
