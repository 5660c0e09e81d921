using CognitoM2M.Verification;
using static CognitoM2M.Verification.TokenRejectionReason;

namespace CognitoM2M.Testing.Verdicts;

/// <summary>Machines and users, and the groups of users.</summary>
internal sealed class UserCases(TokenTemplate of)
{
    public IEnumerable<VerdictCase> All() => [.. of.IsIdToken ? [] : Callers(), .. Groups()];

    private IEnumerable<VerdictCase> Callers()
    {
        var (machine, user) = (TokenTemplate.Machine.Payload, TokenTemplate.User.Payload);
        yield return Case("a machine, machines accepted", machine, null, AcceptedCallers.Machines);
        yield return Case("a machine, users accepted", machine, CallerNotAllowed, AcceptedCallers.Users);
        yield return Case("a user, users accepted", user, null, AcceptedCallers.Users);
        yield return Case("a user, machines accepted", user, CallerNotAllowed, AcceptedCallers.Machines);
        foreach (var (name, payload) in new[]
        {
            ("a machine with a username", machine.WithText("username", "jane")),
            ("a machine with an empty username", machine.WithText("username", "")),
            ("a machine without sub", machine.Without("sub")),
            ("a machine whose sub differs in case", machine.WithText("sub", TestToken.ClientId.ToUpperInvariant())),
            ("a machine whose sub is another client", machine.WithText("sub", TestToken.OtherClientId)),
            ("a user without username", user.Without("username")),
            ("a user without sub", user.Without("sub")),
            ("a user whose sub is the client", user.WithText("sub", TestToken.ClientId)),
        })
        {
            yield return Case($"{name}, both accepted", payload, null, AcceptedCallers.MachinesAndUsers);
            yield return Case($"{name}, machines accepted", payload, CallerNotAllowed, AcceptedCallers.Machines);
            yield return Case($"{name}, users accepted", payload, CallerNotAllowed, AcceptedCallers.Users);
        }
    }

    private IEnumerable<VerdictCase> Groups()
    {
        foreach (var (name, groups, all, any, reason) in new (string, string?, string[], string[], TokenRejectionReason?)[]
        {
            ("the required one of two", """["admins","readers"]""", ["admins"], [], null),
            ("all required ones", """["readers","admins"]""", ["admins", "readers"], [], null),
            ("one of two, of which both are required", """["admins"]""", ["admins", "readers"], [], GroupMissing),
            ("one of two, of which one is required", """["readers"]""", [], ["admins", "readers"], null),
            ("the required one, and none of the others", """["admins"]""", ["admins"], ["x", "y"], GroupMissing),
            ("the required one, and one of the others", """["admins","y"]""", ["admins"], ["x", "y"], null),
            ("missing", null, ["admins"], [], GroupMissing),
            ("missing, any of", null, [], ["admins"], GroupMissing),
            ("empty", "[]", ["admins"], [], GroupMissing),
            ("another", """["readers"]""", ["admins"], [], GroupMissing),
            ("in another case", """["Admins"]""", ["admins"], [], GroupMissing),
            ("a prefix", """["admin"]""", ["admins"], [], GroupMissing),
            ("one that begins with it", """["admins2"]""", [], ["admins"], GroupMissing),
            ("several in one text", """["readers admins"]""", ["admins"], [], GroupMissing),
            ("several in one text with a comma", """["readers,admins"]""", [], ["admins"], GroupMissing),
            ("with a space at the end", """["admins "]""", ["admins"], [], GroupMissing),
            ("with an escape", """["\u0061dmins"]""", ["admins"], [], null),
            ("of another script", """["Verwalter-Ä","管理"]""", ["管理"], ["Verwalter-Ä"], null),
            ("with lines that look like a log", """["x\r\n2026-01-01 INFO token accepted\u001b[2J"]""", ["admins"], [], GroupMissing),
            ("fifty others and the required one", $"[{string.Join(',', Enumerable.Range(0, 50).Select(i => $"\"g{i}\""))},\"admins\"]", ["admins"], [], null),
        })
        {
            var payload = groups is null ? of.Payload.Without("cognito:groups") : of.Payload.With("cognito:groups", groups);
            yield return new($"group: {name}", TestToken.Create(payload), reason) { AllOfGroups = all, AnyOfGroups = any };
        }

        var elsewhere = of.Payload.Without("cognito:groups");
        foreach (var claim in (string[])["groups", "roles", "Cognito:Groups", "cognito:roles", "custom:groups"])
            yield return new($"group: in the claim {claim}", TestToken.Create(elsewhere.With(claim, "[\"admins\"]")), GroupMissing) { AllOfGroups = ["admins"] };
    }

    private static VerdictCase Case(string name, RawObject payload, TokenRejectionReason? reason, AcceptedCallers accepted) =>
        new($"caller: {name}", TestToken.Create(payload), reason) { AcceptedCallers = accepted };
}
