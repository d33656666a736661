namespace AiGuardrails.Runtime.Tests.Cost;

public sealed class CostMeterTests
{
    [Fact]
    public void Charges_add_up_to_the_limit()
    {
        var meter = new CostMeter(new CostBudget(10m, "a test"));
        meter.Charge(4m);
        meter.Charge(6m);
        Assert.Equal((10m, 0m, 0m), (meter.Spent, meter.Reserved, meter.Remaining));
        meter.Charge(0m);
        Assert.Equal("$10 of $10", meter.ToString());
    }

    [Fact]
    public void Charge_past_the_limit_is_refused_and_not_counted()
    {
        var meter = new CostMeter(new CostBudget(10m, "a test"));
        meter.Charge(6m);
        var exception = Assert.Throws<CostBudgetExceededException>(() => meter.Charge(5m));
        Assert.Equal((6m, 0m, 10m, 5m), (exception.Spent, exception.Reserved, exception.Limit, exception.Requested));
        Assert.Equal("The budget of $10 (a test) does not allow $5: $6 is spent already.", exception.Message);
        Assert.Equal(6m, meter.Spent);
        meter.Charge(4m);
    }

    [Fact]
    public void Reservation_holds_its_amount_until_it_is_completed()
    {
        var meter = new CostMeter(new CostBudget(10m));
        using (var reservation = meter.Reserve(8m))
        {
            Assert.Equal((0m, 8m, 2m), (meter.Spent, meter.Reserved, meter.Remaining));
            var exception = Assert.Throws<CostBudgetExceededException>(() => meter.Reserve(3m));
            Assert.Equal((0m, 8m, 10m, 3m), (exception.Spent, exception.Reserved, exception.Limit, exception.Requested));
            Assert.Equal("The budget of $10 does not allow $3: $0 and $8 for calls under way are spent already.", exception.Message);
            reservation.Complete(1.25m);
        }

        Assert.Equal((1.25m, 0m, 8.75m), (meter.Spent, meter.Reserved, meter.Remaining));
    }

    [Fact]
    public void Reservation_that_is_only_disposed_of_gives_its_amount_back()
    {
        var meter = new CostMeter(new CostBudget(10m));
        var reservation = meter.Reserve(10m);
        reservation.Dispose();
        reservation.Dispose();
        Assert.Equal((0m, 0m), (meter.Spent, meter.Reserved));
        Assert.Throws<ObjectDisposedException>(() => reservation.Complete(1m));
        Assert.Equal(0m, meter.Spent);
    }

    [Fact]
    public void Reservation_is_completed_once()
    {
        var meter = new CostMeter(new CostBudget(10m));
        var reservation = meter.Reserve(5m);
        Assert.Throws<ArgumentOutOfRangeException>(() => reservation.Complete(-1m));
        Assert.Equal(5m, meter.Reserved);
        reservation.Complete(2m);
        Assert.Throws<InvalidOperationException>(() => reservation.Complete(2m));
        reservation.Dispose();
        Assert.Equal((2m, 0m), (meter.Spent, meter.Reserved));
    }

    [Fact]
    public void What_has_been_spent_counts_even_past_the_limit()
    {
        var meter = new CostMeter(new CostBudget(10m));
        using var other = meter.Reserve(4m);
        meter.Reserve(6m).Complete(20m);
        Assert.Equal((20m, 4m, 0m), (meter.Spent, meter.Reserved, meter.Remaining));
        Assert.Throws<CostBudgetExceededException>(() => meter.Charge(0.01m));
        meter.Charge(0m);
        other.Complete(decimal.MaxValue);
        Assert.Equal((decimal.MaxValue, 0m), (meter.Spent, meter.Remaining));
    }

    [Fact]
    public void Zero_limit_lets_through_what_costs_nothing()
    {
        var meter = new CostMeter(new CostBudget(0m));
        meter.Charge(0m);
        using (meter.Reserve(0m))
        {
            Assert.Throws<CostBudgetExceededException>(() => meter.Reserve(0.000001m));
        }
    }

    [Fact]
    public void Tokens_cost_what_the_price_says()
    {
        var price = new TokenPrice(0.30m, 1.20m);
        Assert.Equal(0.0012m, price.CostOf(inputTokens: 2_000, outputTokens: 500));

        var meter = new CostMeter(new CostBudget(0.0020m));
        meter.ChargeTokens(2_000, 500, price);
        Assert.Throws<CostBudgetExceededException>(() => meter.ChargeTokens(2_000, 500, price));
        Assert.Equal(0.0012m, meter.Spent);
    }

    [Fact]
    public void Amounts_too_large_for_a_decimal_stop_at_the_largest()
    {
        var price = new TokenPrice(decimal.MaxValue, decimal.MaxValue);
        Assert.Equal(decimal.MaxValue, price.CostOf(long.MaxValue, long.MaxValue));
        var meter = new CostMeter(new CostBudget(decimal.MaxValue));
        meter.Charge(decimal.MaxValue);
        Assert.Throws<CostBudgetExceededException>(() => meter.Charge(decimal.MaxValue));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CostBudget(-1m));
        Assert.Throws<ArgumentNullException>(static () => new CostMeter(null!));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenPrice(-1m, 0m));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TokenPrice(0m, -1m));

        var meter = new CostMeter(new CostBudget(1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.Charge(-1m));
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.Reserve(-1m));
        Assert.Throws<ArgumentNullException>(() => meter.ChargeTokens(1, 1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.ChargeTokens(-1, 1, new TokenPrice(1m, 1m)));
        Assert.Throws<ArgumentOutOfRangeException>(() => meter.ChargeTokens(1, -1, new TokenPrice(1m, 1m)));
        Assert.Equal((0m, 0m), (meter.Spent, meter.Reserved));
    }

    [Fact]
    public void Budget_can_be_made_of_an_attribute()
    {
        var budget = CostBudget.From(new CostBudgetAttribute { MaxUsd = 25.5, Reason = "agreed" });
        Assert.Equal((25.5m, "agreed", "$25.50 (agreed)"), (budget.Limit, budget.Reason, budget.ToString()));
        Assert.Equal("$25", new CostBudget(25m).ToString());
        Assert.Equal(decimal.MaxValue, CostBudget.From(new CostBudgetAttribute { MaxUsd = double.PositiveInfinity }).Limit);
        Assert.Throws<ArgumentException>(static () => CostBudget.From(new CostBudgetAttribute { MaxUsd = double.NaN }));
        Assert.Throws<ArgumentException>(static () => CostBudget.From(new CostBudgetAttribute { MaxUsd = -1 }));
        Assert.Throws<ArgumentNullException>(static () => CostBudget.From(null!));
    }

    [Fact]
    public void Concurrent_charges_never_pass_the_limit()
    {
        // 100 cents fit into a dollar, and 3,200 are asked for.
        var meter = new CostMeter(new CostBudget(1m));
        var passed = Together(threads: 32, () =>
        {
            var charged = 0;
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    meter.Charge(0.01m);
                    charged++;
                }
                catch (CostBudgetExceededException exception)
                {
                    Assert.Equal(1m, exception.Limit);
                }
            }

            return charged;
        });

        Assert.Equal(100, passed.Sum());
        Assert.Equal(1m, meter.Spent);
    }

    [Fact]
    public void Concurrent_reservations_never_pass_the_limit_and_lose_nothing()
    {
        var meter = new CostMeter(new CostBudget(5m));
        var highest = 0m;
        var gate = new Lock();
        var spent = Together(threads: 32, () =>
        {
            var settled = 0m;
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    using var reservation = meter.Reserve(1m);
                    var committed = meter.Spent + meter.Reserved;
                    lock (gate)
                    {
                        highest = Math.Max(highest, committed);
                    }

                    if (i % 2 == 0)
                    {
                        reservation.Complete(0.001m);
                        settled += 0.001m;
                    }
                }
                catch (CostBudgetExceededException)
                {
                    Thread.Yield();
                }
            }

            return settled;
        });

        Assert.Equal(spent.Sum(), meter.Spent);
        Assert.Equal(0m, meter.Reserved);
        Assert.InRange(meter.Spent, 0m, 5m);

        // What is spent only grows between the two reads, so their sum is no larger than the true one at the second.
        Assert.InRange(highest, 0m, 5m);
    }

    [Fact]
    public void One_reservation_completed_by_many_threads_is_charged_once()
    {
        for (var round = 0; round < 50; round++)
        {
            var meter = new CostMeter(new CostBudget(10m));
            var reservation = meter.Reserve(5m);
            var completed = Together(threads: 8, () =>
            {
                try
                {
                    reservation.Complete(2m);
                    return 1;
                }
                catch (InvalidOperationException)
                {
                    return 0;
                }
                finally
                {
                    reservation.Dispose();
                }
            });

            // Another thread may have disposed of it first; either way nothing is counted twice.
            Assert.InRange(completed.Sum(), 0, 1);
            Assert.Equal((completed.Sum() * 2m, 0m), (meter.Spent, meter.Reserved));
        }
    }

    private static T[] Together<T>(int threads, Func<T> work)
    {
        var results = new T[threads];
        using var start = new Barrier(threads);
        var running = Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            results[i] = work();
        })).ToArray();
        Array.ForEach(running, static thread => thread.Start());
        Array.ForEach(running, static thread => thread.Join());
        return results;
    }
}
