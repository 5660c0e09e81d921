using System.Collections;
using System.Reflection;

namespace CognitoM2M.Verification.Tests.Settings;

/// <summary>A verifier copies its settings, so that later changes of the objects have no effect.</summary>
public sealed class CopiedOptionsTests
{
    [Fact]
    public void Copy_has_every_setting_and_lists_of_its_own()
    {
        AssertIsCopy(Fill(new CognitoAccessTokenVerifierOptions()), options => options.Copy());
        AssertIsCopy(Fill(new CognitoIdTokenVerifierOptions()), options => options.Copy());
        AssertIsCopy(Fill(new TrustedUserPool()), pool => pool.Copy());
    }

    [Fact]
    public void User_pools_have_the_same_settings_only_if_each_setting_is_the_same()
    {
        var pool = Fill(new TrustedUserPool());
        Assert.True(pool.HasSameSettingsAs(pool.Copy()));
        Assert.True(new TrustedUserPool().HasSameSettingsAs(new TrustedUserPool()));

        Assert.All(typeof(TrustedUserPool).GetProperties(), property =>
        {
            var changed = pool.Copy();
            property.SetValue(changed, property.GetValue(new TrustedUserPool()));
            Assert.False(pool.HasSameSettingsAs(changed), property.Name);
            Assert.False(changed.HasSameSettingsAs(pool), property.Name);
        });
    }

    /// <summary>Sets every property to a value that is not the default.</summary>
    private static T Fill<T>(T settings)
    {
        foreach (var property in typeof(T).GetProperties())
            property.SetValue(settings, CreateValue(property.PropertyType));
        return settings;
    }

    private static object CreateValue(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 4_321,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(77),
        _ when type == typeof(Uri) => new Uri("https://example.com/keys"),
        _ when type == typeof(AcceptedCallers) => AcceptedCallers.Users,
        _ when type == typeof(IList<string>) => new List<string> { "one", "two" },
        _ when type == typeof(IList<TrustedUserPool>) => new List<TrustedUserPool> { new() },
        _ when type == typeof(IList<Func<CognitoAccessTokenClaims, string?>>) => new List<Func<CognitoAccessTokenClaims, string?>> { _ => null },
        _ when type == typeof(IList<Func<CognitoIdTokenClaims, string?>>) => new List<Func<CognitoIdTokenClaims, string?>> { _ => null },
        _ when type == typeof(Func<string, string, CancellationToken, Task<TrustedUserPool?>>) =>
            (Func<string, string, CancellationToken, Task<TrustedUserPool?>>)((_, _, _) => Task.FromResult<TrustedUserPool?>(null)),
        _ => throw new NotSupportedException($"This test has no value of the type {type}."),
    };

    private static void AssertIsCopy<T>(T settings, Func<T, T> copy)
    {
        var copied = copy(settings);

        Assert.All(typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance), property =>
        {
            var (value, copiedValue) = (property.GetValue(settings), property.GetValue(copied));
            Assert.Equal(value, copiedValue);
            if (value is IList)
                Assert.NotSame(value, copiedValue);
        });
    }
}
