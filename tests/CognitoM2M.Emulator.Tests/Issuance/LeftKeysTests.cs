using System.Text.Json;
using CognitoM2M.Emulator.Tokens;

namespace CognitoM2M.Emulator.Tests.Issuance;

/// <summary>Key pairs of emulators that have ended serve later emulators.</summary>
public sealed class LeftKeysTests
{
    private readonly LeftKeys _left = new();

    [Fact]
    public async Task Later_emulator_gives_a_key_pair_another_id()
    {
        var former = await MakeAndLeaveAsync("eu-west-1_A");

        var later = await new SigningKeySource(_left).MakeAsync("eu-west-1_B");

        Assert.Equal(Modulus(former), Modulus(later));
        Assert.NotEqual(former.KeyId, later.KeyId);
        Assert.True(later.HasSigned("text"u8, former.Sign("text"u8)));
    }

    [Fact]
    public async Task User_pool_of_the_same_id_never_gets_a_key_pair_again()
    {
        var former = await MakeAndLeaveAsync("eu-west-1_A");
        var second = await MakeAndLeaveAsync("eu-west-1_B");

        var again = await new SigningKeySource(_left).MakeAsync("eu-west-1_A");
        var third = await new SigningKeySource(_left).MakeAsync("eu-west-1_C");

        Assert.Equal(Modulus(former), Modulus(second));
        Assert.NotEqual(Modulus(former), Modulus(again));
        Assert.Equal(Modulus(former), Modulus(third));
    }

    [Fact]
    public async Task Keys_in_use_are_all_different()
    {
        await MakeAndLeaveAsync("eu-west-1_A");
        var source = new SigningKeySource(_left);

        var keys = new[] { await source.MakeAsync("eu-west-1_B"), await source.MakeAsync("eu-west-1_B"), await new SigningKeySource(_left).MakeAsync("eu-west-1_C") };

        Assert.Equal(3, keys.Select(Modulus).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Key_that_was_generated_ahead_is_new()
    {
        var former = await MakeAndLeaveAsync("eu-west-1_A");
        var source = new SigningKeySource(_left);
        source.GenerateAhead();

        Assert.NotEqual(Modulus(former), Modulus(await source.MakeAsync("eu-west-1_B")));
        Assert.Equal(Modulus(former), Modulus(await source.MakeAsync("eu-west-1_B")));
    }

    [Fact]
    public async Task User_pool_of_the_same_id_in_a_later_emulator_publishes_other_keys()
    {
        var former = await ReadKeysAsync();
        var later = await ReadKeysAsync();

        Assert.NotEmpty(former);
        Assert.Empty(former.Intersect(later, StringComparer.Ordinal));

        static async Task<string[]> ReadKeysAsync()
        {
            await using var cognito = await CognitoEmulator.StartAsync();
            var pool = cognito.CreateUserPool("acme", new() { Id = "eu-west-1_LeftKeys1" });
            using var http = new HttpClient();
            using var keySet = JsonDocument.Parse(await http.GetStringAsync(pool.JwksUri));
            return [.. keySet.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("n").GetString()!)];
        }
    }

    private static string Modulus(SigningKey key) => key.ToJwk()["n"]!.GetValue<string>();

    private async Task<SigningKey> MakeAndLeaveAsync(string userPoolId)
    {
        var source = new SigningKeySource(_left);
        var key = await source.MakeAsync(userPoolId);
        source.LeaveKeys();
        return key;
    }
}
