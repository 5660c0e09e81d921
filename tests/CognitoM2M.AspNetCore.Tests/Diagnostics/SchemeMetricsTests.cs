using System.Diagnostics.Metrics;
using CognitoM2M.AspNetCore.Tests.Support;
using CognitoM2M.Testing;
using CognitoM2M.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Tests.Diagnostics;

public sealed class SchemeMetricsTests
{
    [Fact]
    public async Task Verdicts_of_requests_are_counted_with_the_meter_factory_of_the_host()
    {
        using var meter = new MeterRecorder();
        await using var api = await Api.StartAsync(
            app => app.MapGet("/", () => "in").RequireCognitoScope("orders/read"),
            services: services => services.AddSingleton<IMeterFactory>(meter));

        using var accepted = await api.GetAsync("/", Pool.Usual.Token());
        using var rejected = await api.GetAsync("/", "junk");
        using var anonymous = await api.GetAsync("/");

        Assert.Equal(
            [$"1 cognito_m2m.issuer={Pool.Usual.Issuer} cognito_m2m.reason=accepted", "1 cognito_m2m.issuer=other cognito_m2m.reason=malformed"],
            meter.Find(CognitoVerificationDiagnostics.Verdicts));
    }
}
