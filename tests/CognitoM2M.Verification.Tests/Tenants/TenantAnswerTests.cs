using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Tests.Tenants;

/// <summary>How long each answer about a tenant counts, and when the application is asked again.</summary>
public sealed class TenantAnswerTests : TenantDirectoryTest
{
    [Fact]
    public async Task Tenant_that_had_a_valid_token_is_renewed_in_the_last_fifth_of_its_lifetime()
    {
        var tenants = Create();
        var tenant = await tenants.FindAsync(Key("a"), default);
        Assert.Equal((TimeSpan.MaxValue, _lifetime, 12 * _lifetime), (tenant.RenewsAt, tenant.EndsAt, tenant.KeptUntil));

        tenants.Admit(tenant);

        var admitted = tenants.FindHeld(Key("a"))!;
        Assert.Equal((_lifetime * 0.8, _lifetime), (admitted.RenewsAt, admitted.EndsAt));
        Clock.Advance(_lifetime);
        var renewed = await tenants.FindAsync(Key("a"), default);
        Assert.Equal(_lifetime * 2, renewed.EndsAt);
        Assert.Equal(_lifetime * 1.8, tenants.FindHeld(Key("a"))!.RenewsAt);
    }

    [Fact]
    public async Task Tenant_with_the_same_settings_keeps_its_verified_tokens()
    {
        var tenants = Create();
        var first = await tenants.FindAsync(Key("a"), default);
        Clock.Advance(_lifetime);
        var second = await tenants.FindAsync(Key("a"), default);
        tenants.Admit(second);
        Clock.Advance(_lifetime);
        var third = await tenants.FindAsync(Key("a"), default);
        Answer = clientId => Task.FromResult<TrustedUserPool?>(new() { Issuer = Issuer, ClientIds = [clientId, "another"] });
        Clock.Advance(_lifetime);
        var changed = await tenants.FindAsync(Key("a"), default);

        Assert.Same(first.Steps, second.Steps);
        Assert.Same(first.Steps, third.Steps);
        Assert.NotSame(first.Steps, changed.Steps);
        Assert.Equal(4, Asked.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_that_there_is_no_tenant_is_kept_for_half_a_minute(bool hadValidToken)
    {
        var tenants = Create();
        var tenant = await tenants.FindAsync(Key("a"), default);
        if (hadValidToken)
            tenants.Admit(tenant);
        Answer = Deny;
        Clock.Advance(_lifetime);

        Assert.Null((await tenants.FindAsync(Key("a"), default)).Pool);
        Clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));

        Assert.Null(tenants.FindHeld(Key("a"))!.Pool);
        Assert.Null((await tenants.FindAsync(Key("a"), default)).Pool);
        Assert.Equal(2, Asked.Count);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(tenants.FindHeld(Key("a")));
    }

    [Fact]
    public async Task Tenant_that_was_unknown_is_renewed_as_every_other_tenant_when_it_had_a_valid_token()
    {
        var tenants = Create();
        Answer = Deny;
        await tenants.FindAsync(Key("a"), default);
        Answer = Know;
        Clock.Advance(TimeSpan.FromSeconds(30));

        var tenant = await AdmitAsync(tenants, "a");

        Assert.Equal(tenant.EndsAt - (_lifetime / 5), tenants.FindHeld(Key("a"))!.RenewsAt);
    }

    [Fact]
    public async Task Failed_question_about_a_tenant_in_use_is_repeated_after_ten_seconds_and_the_tenant_stays_trusted()
    {
        var tenants = Create();
        await AdmitAsync(tenants, "a");
        Answer = Fail;

        // In the last fifth of the lifetime, the end of the answer stays as it was.
        Clock.Advance(_lifetime * 0.9);
        tenants.FindHeld(Key("a"));
        while (tenants.FindHeld(Key("a"))!.RenewsAt < _lifetime * 0.9)
            await Task.Yield();
        var early = tenants.FindHeld(Key("a"))!;
        Clock.Advance(_lifetime * 0.1);
        var late = await tenants.FindAsync(Key("a"), default);
        Clock.Advance((11 * _lifetime) - TimeSpan.FromSeconds(5));
        var last = await tenants.FindAsync(Key("a"), default);

        Assert.Equal(((_lifetime * 0.9) + TimeSpan.FromSeconds(10), _lifetime), (early.RenewsAt, early.EndsAt));
        Assert.Equal((_lifetime + TimeSpan.FromSeconds(10), _lifetime + TimeSpan.FromSeconds(20)), (late.RenewsAt, late.EndsAt));
        Assert.Equal((12 * _lifetime, 12 * _lifetime), (last.EndsAt, last.KeptUntil));
        Assert.Equal([null, null, null], new[] { early, late, last }.Select(tenant => tenant.Problem));
    }

    [Fact]
    public async Task Failure_is_kept_for_a_second_when_the_tenant_is_trusted_no_longer()
    {
        var tenants = Create();
        await AdmitAsync(tenants, "a");
        Answer = Fail;
        Clock.Advance(12 * _lifetime);

        Assert.Equal("the resolver failed (TimeoutException)", (await tenants.FindAsync(Key("a"), default)).Problem);
        Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));

        Assert.Equal("the resolver failed (TimeoutException)", tenants.FindHeld(Key("a"))!.Problem);
        Assert.Equal(2, Asked.Count);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(tenants.FindHeld(Key("a")));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public async Task Tenant_whose_first_valid_token_came_before_the_end_of_the_answer_is_trusted_in_an_outage(long ticksAfterEnd, bool isTrusted)
    {
        var tenants = Create();
        var tenant = await tenants.FindAsync(Key("a"), default);
        Answer = Fail;
        Clock.Advance(_lifetime + TimeSpan.FromTicks(ticksAfterEnd));

        tenants.Admit(tenant);

        Clock.Advance(TimeSpan.FromTicks(-ticksAfterEnd));
        Assert.Equal(isTrusted, (await tenants.FindAsync(Key("a"), default)).Problem is null);
    }

    [Fact]
    public async Task Question_that_takes_five_seconds_fails()
    {
        var tenants = Create();
        Answer = _ => new TaskCompletionSource<TrustedUserPool?>().Task;

        var question = tenants.FindAsync(Key("a"), default);
        while (Clock.NextTimerIn == TimeSpan.MaxValue)
            await Task.Yield();
        Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("the resolver did not answer within 5 seconds", (await question).Problem);
        Assert.Single(Log.Find(LogLevel.Warning));
    }

    [Fact]
    public async Task Disposal_ends_a_question_and_writes_no_log()
    {
        var tenants = Create();
        Answer = _ => new TaskCompletionSource<TrustedUserPool?>().Task;

        var question = tenants.FindAsync(Key("a"), default);
        await StopAsync();

        Assert.Equal("the verifier was disposed", (await question).Problem);
        Assert.Empty(Log.Lines);
    }

    [Fact]
    public async Task Log_names_every_mistake_of_an_answer()
    {
        var tenants = Create();
        Answer = _ => Task.FromResult<TrustedUserPool?>(new() { UserPoolId = "wrong", ClientIds = [] });
        await tenants.FindAsync(Key("a"), default);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Answer = clientId => Task.FromResult<TrustedUserPool?>(new() { Issuer = "https://tenant.example/b", ClientIds = [clientId] });
        await tenants.FindAsync(Key("b"), default);

        var lines = Log.Find(LogLevel.Error);
        Assert.Contains("An id looks like eu-west-1_AbCdEf123. UserPools[0].ClientIds is empty.", lines[0], StringComparison.Ordinal);
        Assert.Contains("The user pool has another issuer.", lines[1], StringComparison.Ordinal);
    }
}
