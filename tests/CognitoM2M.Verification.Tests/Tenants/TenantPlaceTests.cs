namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>How many tenants are held, how many questions are in flight, and when dropped tenants are reported.</summary>
public sealed class TenantPlaceTests : TenantDirectoryTest
{
    [Fact]
    public async Task Dropped_tenants_are_reported_when_a_quarter_of_the_held_tenants_was_dropped()
    {
        var tenants = Create();
        foreach (var clientId in (string[])["a", "b", "c", "d", "e"])
            await AdmitAsync(tenants, clientId);
        foreach (var clientId in (string[])["x", "y", "z"])
            await tenants.FindAsync(Key(clientId), default);
        Answer = Deny;
        Clock.Advance(_lifetime);

        await tenants.FindAsync(Key("a"), default);
        Assert.Empty(Left);
        await tenants.FindAsync(Key("x"), default);
        Assert.Equal(["b", "c", "d", "e", "y", "z"], Assert.Single(Left));

        await tenants.FindAsync(Key("b"), default);
        Assert.Single(Left);
        await tenants.FindAsync(Key("y"), default);
        Assert.Equal(["c", "d", "e", "z"], Left[1]);
    }

    [Fact]
    public async Task Exactly_a_quarter_of_the_held_tenants_is_enough_for_a_report()
    {
        var tenants = Create();
        foreach (var clientId in (string[])["a", "b", "c", "d", "e"])
            await AdmitAsync(tenants, clientId);
        Answer = Deny;
        Clock.Advance(_lifetime);

        await tenants.FindAsync(Key("a"), default);

        Assert.Equal(["b", "c", "d", "e"], Assert.Single(Left));
    }

    [Fact]
    public async Task Tenant_that_another_tenant_displaces_is_reported_and_a_new_tenant_alone_is_not()
    {
        var tenants = Create(maxTenants: 1);
        await AdmitAsync(tenants, "a");
        Assert.Empty(Left);

        await AdmitAsync(tenants, "b");

        Assert.Equal(["b"], Assert.Single(Left));
        Assert.Null(tenants.FindHeld(Key("a")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tenant_whose_answer_is_replaced_is_reported(bool hadValidToken)
    {
        var tenants = Create();
        var tenant = await tenants.FindAsync(Key("a"), default);
        if (hadValidToken)
            tenants.Admit(tenant);
        Clock.Advance(_lifetime);
        Assert.Empty(Left);

        await tenants.FindAsync(Key("a"), default);

        Assert.Equal(["a"], Assert.Single(Left));
    }

    [Fact]
    public async Task Valid_token_does_not_bring_back_a_tenant_that_the_application_has_denied_since_then()
    {
        var tenants = Create();
        var tenant = await tenants.FindAsync(Key("a"), default);
        for (var i = 0; i < 1_000; i++)
            await tenants.FindAsync(Key($"stranger{i}"), default);
        Answer = Deny;
        Assert.Null((await tenants.FindAsync(Key("a"), default)).Pool);

        tenants.Admit(tenant);

        Assert.Null(tenants.FindHeld(Key("a"))!.Pool);
    }

    [Fact]
    public async Task Issuer_is_found_for_tenants_with_and_without_a_valid_token()
    {
        var tenants = Create();
        Assert.Null(tenants.FindIssuer(Issuer));

        var tenant = await tenants.FindAsync(Key("a"), default);
        Assert.Equal(Issuer, tenants.FindIssuer(Issuer)!.Issuer);
        tenants.Admit(tenant);

        Assert.Equal(Issuer, tenants.FindIssuer(Issuer)!.Issuer);
        Assert.Null(tenants.FindIssuer("https://tenant.example/b"));
    }

    [Fact]
    public async Task Tenant_in_use_is_trusted_without_a_question_while_32_questions_are_in_flight()
    {
        var tenants = Create();
        string[] clientIds = [.. Enumerable.Range(0, 33).Select(i => $"tenant{i}")];
        foreach (var clientId in clientIds)
            await AdmitAsync(tenants, clientId);
        Clock.Advance(_lifetime);
        var release = new TaskCompletionSource<TrustedUserPool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer = _ => release.Task;
        var inUse = clientIds[..32].Select(clientId => tenants.FindAsync(Key(clientId), default)).ToList();
        var strangers = clientIds[..32].Select(clientId => tenants.FindAsync(Key($"stranger{clientId}"), default)).ToList();

        var last = await tenants.FindAsync(Key(clientIds[32]), default);
        var lastStranger = await tenants.FindAsync(Key("stranger"), default);

        Assert.Equal((clientIds[32], null), (Assert.Single(last.Pool!.ClientIds), last.Problem));
        Assert.Equal("too many questions to the resolver are in flight", lastStranger.Problem);
        release.SetResult(null);
        await Task.WhenAll([.. inUse, .. strangers]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Question_leaves_the_flow_of_the_execution_context_as_it_was(bool isSuppressed)
    {
        var tenants = Create();
        var flow = isSuppressed ? ExecutionContext.SuppressFlow() : default(AsyncFlowControl?);

        var question = tenants.FindAsync(Key("a"), default);
        var isSuppressedAfterwards = ExecutionContext.IsFlowSuppressed();

        flow?.Undo();
        Assert.Equal(isSuppressed, isSuppressedAfterwards);
        Assert.NotNull((await question).Pool);
    }
}
